/** W3 and W4: how long one piece of work takes, ours and the hand-written one in turns. */
import { median } from './load.ts';
import { printFigure } from './print-figure.ts';
import { idle } from './process-usage.ts';
import { timedRounds } from './time-budget.ts';

export interface Timed {
  name: string;
  ours: () => Promise<unknown>;
  handWritten: () => Promise<unknown>;
  /** Steps in one piece of work; the time of one is printed. Default 1. */
  steps?: number;
  /** Idle before each round. */
  pids: readonly number[];
}

export async function compareTime({ name, ours, handWritten, steps = 1, pids }: Timed): Promise<void> {
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round < timedRounds; round++)
    for (const [index, work] of [ours, handWritten].entries()) {
      await idle(pids);
      const from = performance.now();
      await work();
      if (round > 0) times[index as 0 | 1].push((performance.now() - from) / steps);
    }
  const [ms, handMs] = times.map(median) as [number, number];
  printFigure({ name, ms, ratio: handMs / ms });
  printFigure({ name: `${name} hand-written`, ms: handMs, ratio: 1 });
}
