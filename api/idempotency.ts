/**
 * `Idempotency-Key` on a POST that creates: the first request does the work and its answer is kept; the same key with the same
 * request is answered from there, with another request it is refused. A request that failed is forgotten, so it may be repeated.
 *
 * A key is the caller's own: what one member of a workspace was answered is not for another who happens on, or guesses, their key.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { JsonValue } from '../contracts/json.ts';
import { contentHash, type IdempotencyKeysRepository } from '../db/index.ts';
import type { Principal } from './auth/index.ts';
import type { ApiDeps } from './deps.ts';
import { ApiProblem } from './problems.ts';
import type { Reply } from './route.ts';

/** How long a repetition waits for the first request to end, in milliseconds, and how often it looks. */
const patience = 10_000;
const interval = 100;

/** The key as it is kept: ids have no spaces, so no two callers' keys are ever the same. */
export function ownKey(principal: Principal, key: string): string {
  return principal.by === 'session' ? `user:${principal.user} ${key}` : `key:${principal.key} ${key}`;
}

export interface KeyedRequest {
  workspace: string;
  /** From `ownKey`. */
  key: string;
  method: string;
  path: string;
  body: unknown;
}

/** @throws ApiProblem `idempotency-conflict`, `unavailable` while the first request takes longer than 10 s */
export async function once(
  { db }: Pick<ApiDeps, 'db'>,
  { workspace, key, method, path, body }: KeyedRequest,
  work: () => Promise<Reply> | Reply,
): Promise<Reply> {
  const keys = <T>(use: (keys: IdempotencyKeysRepository) => Promise<T>) =>
    db.inWorkspace(workspace, ({ idempotencyKeys }) => use(idempotencyKeys));
  const hash = contentHash({ method, path, body });
  for (let waited = 0; ; waited += interval) {
    const begun = await keys((kept) => kept.begin(key, hash));
    if (begun.kind === 'begun') break;
    if (begun.kind === 'conflict') throw new ApiProblem('idempotency-conflict');
    if (begun.kind === 'finished') return { ...begun.answer, headers: { 'idempotent-replayed': 'true' } };
    if (waited >= patience)
      throw new ApiProblem('unavailable', { what: `Idempotency-Key ${key.slice(key.indexOf(' ') + 1)}` });
    await sleep(interval);
  }
  try {
    const reply = await work();
    await keys((kept) => kept.finish(key, { status: reply.status, body: reply.body as JsonValue }));
    return reply;
  } catch (error) {
    await keys((kept) => kept.abandon(key));
    throw error;
  }
}
