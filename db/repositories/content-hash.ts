/** The hash that names what a graph contains: the same graph has the same hash, whatever the order of its keys. */
import { createHash } from 'node:crypto';
import { canonicalText } from '../../contracts/canonical-text.ts';

export function contentHash(value: unknown): string {
  return createHash('sha256').update(canonicalText(value)).digest('hex');
}
