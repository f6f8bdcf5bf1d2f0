import type { RateClass } from '../../contracts/rate-limits.ts';
import type { Route } from '../route.ts';

/** The class of a route that names none. A write before one is signed in proves, or tries to prove, who somebody is. */
export function rateClassOf({ limit, method, auth }: Route): RateClass | undefined {
  if (limit === 'none') return undefined;
  if (limit !== undefined) return limit;
  if (method === 'get') return 'read';
  return auth === 'none' || auth === 'second-factor' ? 'sign-in' : 'write';
}
