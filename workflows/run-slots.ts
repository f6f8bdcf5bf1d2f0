/**
 * A run's side of concurrency limits: it waits for its turn before it does anything, and says when it has ended. Runs
 * under no limit never come here.
 */
import {
  CancellationScope,
  condition,
  defineSignal,
  getExternalWorkflowHandle,
  isCancellation,
  proxyLocalActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';
import { limiterIdOf, queuedForOf, type SlotNews, slotSignals, type Want } from '../contracts/limits.ts';
import type { Failure, QueuedFor, RunInput } from '../contracts/run.ts';
import type { RunOutcome } from '../engine/run/run-graph.ts';
import type { RunRecord } from './run-record.ts';

/** After this long in the queue a run asks again, should the limiter have been ended by somebody. */
const askAgainMs = 600_000;

const { requestSlots } = proxyLocalActivities<Pick<Activities, 'requestSlots'>>({
  startToCloseTimeout: '10s',
});

const news = defineSignal<[SlotNews]>(slotSignals.news);
const release = defineSignal<[string]>(slotSignals.release);

export class RunSlots {
  private readonly input: RunInput;
  private readonly record: RunRecord;
  private readonly holder: string;
  private asked: boolean;
  private told: SlotNews | undefined;
  /** Number of the next event. */
  seq: number;

  constructor(input: RunInput, record: RunRecord) {
    this.input = input;
    this.record = record;
    this.holder = workflowInfo().workflowId.slice(`automation:${input.workspace}:`.length);
    this.asked = input.resume?.holdsSlots === true;
    this.seq = input.resume?.seq ?? 0;
  }

  get isHolding(): boolean {
    return this.asked;
  }

  /** Resolves when the run may begin. Rejects with the cancellation, once the run's end is reported. */
  async take(wants: Want[], priority: number): Promise<void> {
    setHandler(news, (told) => {
      this.told = told;
      if (told.kind === 'queued') this.queued(queuedForOf(told.for));
    });
    this.asked = true;
    await this.orEnd(async () => {
      const { workspace } = this.input;
      do await requestSlots({ workspace, request: { holder: this.holder, wants, priority } });
      while (!(await condition(() => this.told?.kind === 'granted', askAgainMs)));
    });
  }

  /** The run has ended, however: its slots go to the next. */
  async giveBack(): Promise<void> {
    if (!this.asked) return;
    this.asked = false;
    await CancellationScope.nonCancellable(() =>
      getExternalWorkflowHandle(limiterIdOf(this.input.workspace))
        .signal(release, this.holder)
        // Nobody gives slots out any more, so none is taken.
        .catch(() => undefined),
    );
  }

  /** The run can't begin: reports its end. */
  fail(failure: Failure): RunOutcome {
    this.record.add({ type: 'run.finished', seq: this.seq++, at: Date.now(), state: 'failed', failure });
    return { kind: 'failed', failure };
  }

  private queued(queuedFor: QueuedFor): void {
    this.record.add({ type: 'run.state', seq: this.seq++, at: Date.now(), state: 'queued', queuedFor });
  }

  private async orEnd(wait: () => Promise<unknown>): Promise<void> {
    try {
      await wait();
    } catch (error) {
      if (isCancellation(error)) {
        const failure = this.told?.kind === 'skipped' ? skipped(this.told.for) : undefined;
        this.record.add({
          type: 'run.finished',
          seq: this.seq++,
          at: Date.now(),
          state: 'cancelled',
          failure,
        });
      }
      throw error;
    }
  }
}

function skipped({ limit }: Want): Failure {
  return {
    code: 'limit-skipped',
    message: `The run was skipped: ${limit === 1 ? 'another one was' : `${limit} others were`} under way, which is all that the limit allows.`,
    hint: 'The limit is in the settings of the automation or the workspace. With the policy “queue” runs wait for their turn.',
  };
}
