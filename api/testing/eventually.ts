/** Waits for what comes soon, without saying how soon: a slow machine makes the test slow, not red. */
import { setTimeout as sleep } from 'node:timers/promises';

/** @throws the last value seen, once Jest's own limit is near */
export async function eventually<T>(look: () => Promise<T>, good: (value: T) => boolean): Promise<T> {
  const end = Date.now() + 45_000;
  for (;;) {
    const value = await look();
    if (good(value)) return value;
    if (Date.now() > end) throw new Error(`It never came; last seen: ${JSON.stringify(value)}`);
    await sleep(20);
  }
}
