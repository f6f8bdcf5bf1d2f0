/**
 * The steps of the run that this one takes up. A step counts again when it succeeded there *on the same input*: its sources are
 * the steps that were its sources then. Indexes alone would not do: branches that ended in another order give a node's steps other
 * numbers. So each step that counts again remembers which one it was (`origins`), and sources are compared by that.
 *
 * Merges and loops make their steps again (they only arrange items); they are matched all the same, for what comes behind them.
 */
import type { RecordedStep } from '../../contracts/rerun.ts';
import type { StepSource } from '../../contracts/run.ts';
import { type RunState, type Step, sourcesOf, stepKey } from './run-state.ts';

export class RecordedSteps {
  /** By node and sources, in the order of their indexes. Only a loop makes several steps of the same sources. */
  private readonly bySources = new Map<string, RecordedStep[]>();
  private readonly count: number;
  private readonly taken: Set<string>;
  private readonly origins: Map<string, number>;

  constructor(steps: readonly RecordedStep[], state: RunState) {
    this.count = steps.length;
    this.origins = state.origins;
    this.taken = new Set([...state.origins].map(([key, index]) => `${key.split('\0')[0]}\0${index}`));
    for (const step of steps.toSorted((a, b) => a.index - b.index)) {
      const key = keyOf(step.node, step.sources);
      const known = this.bySources.get(key);
      if (known) known.push(step);
      else this.bySources.set(key, [step]);
    }
  }

  /** What this step was in the former run, if it is the same step. */
  find(step: Step, sources: readonly StepSource[] = sourcesOf(step)): RecordedStep | undefined {
    const translated: StepSource[] = [];
    for (const source of sources) {
      const index = this.origins.get(stepKey(source));
      if (index === undefined) return undefined;
      translated.push({ ...source, index });
    }
    return this.bySources.get(keyOf(step.node, translated))?.find((known) => !this.taken.has(stepKey(known)));
  }

  /** The step gives what it gave in the former run: steps behind it can be recognised. */
  follow(step: Step, known: RecordedStep): void {
    this.taken.add(stepKey(known));
    this.origins.set(stepKey(step), known.index);
  }

  /** It was tried in the former run and is tried again. */
  tryAgain(step: Step, known: RecordedStep): void {
    this.taken.add(stepKey(known));
    step.key ??= known.key;
  }

  /** There is nothing to take any more. */
  isSpent(): boolean {
    return this.taken.size >= this.count;
  }
}

function keyOf(node: string, sources: readonly StepSource[]): string {
  const texts = sources.map(({ port, node: from, index, fromPort }) =>
    [port, from, index, fromPort].join('\0'),
  );
  return [node, ...texts.sort()].join('\0\0');
}
