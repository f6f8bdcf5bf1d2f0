import { createHash } from 'node:crypto';

/** A document that has a key of its own where it belongs (in a base that of an automation, in a crawl its address) has the same id each time. */
export function documentIdOf(within: string, key: string): string {
  return createHash('sha256').update(`${within} ${key}`).digest('hex').slice(0, 32);
}
