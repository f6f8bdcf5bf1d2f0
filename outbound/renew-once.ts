/**
 * A token that is good now, of many who ask at once, in many processes: only one has it renewed. Services that give a new refresh token
 * with every answer end the whole family when an old one is used twice.
 */
import { setTimeout as sleep } from 'node:timers/promises';

/** What is kept of a token, and the right to renew it. */
export interface Claims {
  /** Whoever gets true renews; it ends by `release`, or by itself after `ms`. */
  claim(ms: number): Promise<boolean>;
  release(): Promise<void>;
}

export interface Renewing<Kept, Token> {
  keeper: Claims;
  /** As it is kept at this moment. */
  read: () => Promise<Kept>;
  /** Undefined: there is none that is good. */
  goodOf: (kept: Kept) => Token | undefined;
  /** @throws when only a person can get the next one */
  check: (kept: Kept) => void;
  renew: (kept: Kept) => Promise<Token>;
  /** Milliseconds: the claim outlives the slowest renewal. */
  claimMs: number;
  signal?: AbortSignal | undefined;
}

/** Milliseconds. A token is renewed before it ends on its way. */
const earlyMs = 30_000;
const lookAgainMs = 100;

/** @throws what `read`, `check` and `renew` throw; `signal`'s reason */
export async function renewOnce<Kept, Token>(renewing: Renewing<Kept, Token>): Promise<Token> {
  const { keeper, read, goodOf, check, renew, claimMs, signal } = renewing;
  for (;;) {
    const kept = await read();
    const good = goodOf(kept);
    if (good !== undefined) return good;
    check(kept);
    if (!(await keeper.claim(claimMs))) {
      await sleep(lookAgainMs, undefined, signal && { signal });
      continue;
    }
    try {
      // Whoever had the claim before us may have done it.
      const now = await read();
      return goodOf(now) ?? (await renew(now));
    } finally {
      await keeper.release();
    }
  }
}

/** @param expiresAt epoch milliseconds; undefined: nobody said */
export function endsSoon(expiresAt: number | undefined): boolean {
  return expiresAt !== undefined && expiresAt - earlyMs <= Date.now();
}
