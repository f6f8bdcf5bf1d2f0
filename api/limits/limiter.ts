/**
 * Takes points from budgets without a query per request: a process draws a twentieth of a budget from the shared counter and spends
 * it by itself, then draws the next. What was drawn is counted for all, so the processes together never allow more than the limit;
 * a small limit is drawn point by point and is exact. A budget that is spent is not asked for again before its window ends.
 */
import type { Counters } from './counters.ts';

export interface Budget {
  key: string;
  limit: number;
  seconds: number;
}

export interface Verdict {
  allowed: boolean;
  /** Points left, as far as this process knows. */
  remaining: number;
  /** Milliseconds until the window ends. */
  msLeft: number;
}

export interface Limiter {
  /** @throws what the counters throw */
  take(budget: Budget): Promise<Verdict>;
  /** Gives one point back that was taken. */
  giveBack(budget: Budget): Promise<void>;
}

interface Purse {
  limit: number;
  /** Drawn and not spent. */
  left: number;
  /** Drawn by all processes. */
  used: number;
  spent: boolean;
  /** When the window ends, in milliseconds; unknown before the first draw. */
  until: number;
  drawing?: Promise<void> | undefined;
}

/** Milliseconds between two looks for purses whose window has ended. */
const sweepEvery = 60_000;
const draws = 20;

export function createLimiter(counters: Counters): Limiter {
  const purses = new Map<string, Purse>();
  let sweptAt = Date.now();

  const purseOf = ({ key, limit }: Budget): Purse => {
    const now = Date.now();
    if (now - sweptAt > sweepEvery) {
      sweptAt = now;
      for (const [name, { until }] of purses) if (until <= now) purses.delete(name);
    }
    const known = purses.get(key);
    if (known && known.until > now && known.limit === limit) return known;
    const purse = { limit, left: 0, used: 0, spent: false, until: Number.POSITIVE_INFINITY };
    purses.set(key, purse);
    return purse;
  };

  const draw = async (purse: Purse, { key, limit, seconds }: Budget) => {
    const portion = counters.isLocal ? 1 : portionOf(limit);
    try {
      const { used, msLeft } = await counters.add(key, portion, seconds);
      purse.until = Date.now() + msLeft;
      purse.used = Math.min(used, limit);
      if (used <= limit) purse.left += portion;
      else purse.spent = true;
    } catch (error) {
      purses.delete(key);
      throw error;
    } finally {
      purse.drawing = undefined;
    }
  };

  return {
    async take(budget) {
      for (;;) {
        const purse = purseOf(budget);
        if (purse.left === 0 && !purse.spent) {
          // Whoever else comes meanwhile waits for the same draw.
          purse.drawing ??= draw(purse, budget);
          await purse.drawing;
          if (purse.left === 0 && !purse.spent) continue;
        }
        const allowed = purse.left > 0;
        if (allowed) purse.left -= 1;
        return {
          allowed,
          remaining: purse.spent ? 0 : budget.limit - purse.used + purse.left,
          msLeft: Math.max(0, purse.until - Date.now()),
        };
      }
    },
    async giveBack({ key, seconds }) {
      await counters.add(key, -1, seconds);
      const purse = purses.get(key);
      if (!purse) return;
      purse.used = Math.max(0, purse.used - 1);
      purse.spent = false;
    },
  };
}

/** The largest part of `limit` that fits into it without a rest, and about twenty times or more. */
function portionOf(limit: number): number {
  for (let portion = Math.floor(limit / draws); portion > 1; portion--)
    if (limit % portion === 0) return portion;
  return 1;
}
