/**
 * When a run was at work: from its first step to its end, as its own clock had them. An end that it could not report is Temporal's: its
 * workflow goes on for a moment after the end, to give its slots back.
 */
import type { StartedHere } from './test-runs.ts';
import type { WorkersApart } from './workers-apart.ts';

/** Epoch milliseconds. */
export interface Shift {
  /** Undefined: it never began. */
  from: number | undefined;
  to: number;
}

/** Of a run that has ended. */
export async function atWork(
  { db }: Pick<WorkersApart, 'db'>,
  { run, handle }: Pick<StartedHere, 'run' | 'handle'>,
): Promise<Shift> {
  const { closeTime } = await handle.describe();
  if (!closeTime) throw new Error(`Run ${run} has not ended.`);
  const [row] = await db.sql.query<{ began: number | null; ended: number | null }>(
    `select (select extract(epoch from min(started_at)) * 1000 from steps where run = runs.id)::float8 as began,
       (extract(epoch from finished_at) * 1000)::float8 as ended from runs where id = $1`,
    [run],
  );
  return { from: row?.began ?? undefined, to: Math.min(row?.ended ?? Infinity, closeTime.getTime()) };
}

/** How many were at work in the same moment, at most. One that ends when another begins does not count beside it. */
export function mostAtOnce(shifts: readonly Shift[]): number {
  const changes = shifts
    .flatMap(({ from, to }) =>
      from === undefined
        ? []
        : [
            { at: from, by: 1 },
            { at: to, by: -1 },
          ],
    )
    .sort((a, b) => a.at - b.at || a.by - b.by);
  let now = 0;
  let most = 0;
  for (const { by } of changes) {
    now += by;
    most = Math.max(most, now);
  }
  return most;
}
