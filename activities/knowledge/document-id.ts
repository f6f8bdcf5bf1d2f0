import { createHash } from 'node:crypto';

/** A document that an automation keeps up to date by a key of its own has the same id each time. */
export function documentIdOf(base: string, key: string): string {
  return createHash('sha256').update(`${base} ${key}`).digest('hex').slice(0, 32);
}
