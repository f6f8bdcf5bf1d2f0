/** What the makers' clients are given so that they go out by our one way (decision 007), and leave trying again to the gateway. */
import type { Guard } from '../../outbound/guard/index.ts';

/** A whole answer: embeddings of a large batch are the largest. */
const maxBytes = 64_000_000;
/** The gateway watches the time between two tokens; this is for answers that trickle for ever. */
const timeoutMs = 30 * 60_000;

/**
 * No redirect is followed: the key would go along, for `fetch` takes only some headers away when the host changes, and `x-api-key`
 * is none of them.
 */
export function guardedFetch(guard: Pick<Guard, 'fetch'>): typeof fetch {
  return (url, init) =>
    guard.fetch(
      url instanceof Request ? url.url : url,
      { ...init, redirect: 'manual' },
      { maxBytes, timeoutMs },
    );
}
