import { createHash } from 'node:crypto';

/** The same for every attempt of a step and item: a mail that was sent twice after a crash is seen as one by who looks at its id. */
export function messageIdOf(idempotencyKey: string, from: string): string {
  const id = createHash('sha256').update(idempotencyKey).digest('hex').slice(0, 32);
  return `<${id}@${from.split('@').at(-1)}>`;
}
