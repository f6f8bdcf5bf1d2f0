/** What a good engineer would write by hand for the same work, with the best tuning known: the yardstick of the benchmark. */
import { proxyLocalActivities } from '@temporalio/workflow';
import type { activities } from './activities.ts';

const { get } = proxyLocalActivities<typeof activities>({ startToCloseTimeout: '10s' });

/** W1 and W2: total, compare, fetch, answer. */
export async function order(body: { amount: number }, url: string): Promise<unknown> {
  const total = body.amount * 1.2;
  if (!(total > 100)) return { ok: false };
  return await get(url);
}

/** W3: the edit of a thousand items. */
export async function edit(items: { n: number }[]): Promise<number> {
  const edited = items.map((item) => ({ ...item, double: item.n * 2 }));
  return edited.length;
}

/** W3 through a loop: one item at a time. */
export async function loop(items: { n: number }[]): Promise<number> {
  const done: { n: number; double: number }[] = [];
  for (const item of items) done.push({ ...item, double: item.n * 2 });
  return done.length;
}

/** W4: requests one after the other. */
export async function sequence(url: string, count: number): Promise<number> {
  for (let i = 0; i < count; i++) await get(url);
  return count;
}
