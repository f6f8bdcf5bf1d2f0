import type { Config } from './config.ts';

/** Where people and callers reach this instance, as far as its configuration says; without a slash at its end. */
export function publicUrlOf({ PUBLIC_URL, PORT }: Pick<Config, 'PUBLIC_URL' | 'PORT'>): string {
  return (PUBLIC_URL ?? `http://localhost:${PORT ?? 3000}`).replace(/\/+$/, '');
}
