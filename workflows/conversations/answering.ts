/** One turn on its way to its end. Whatever becomes of the run that answers, its message ends. */
import { CancellationScope, isCancellation } from '@temporalio/workflow';
import type { Turn } from '../../contracts/chat/conversation.ts';
import { endOfError, stoppedAnswer } from './answer-end.ts';
import { type AnswerPlace, startAnswer } from './answer-run.ts';
import { turnActivities } from './chat-activities.ts';

export class Answering {
  /** Until there is a run that can be told to stop. */
  private readonly beginning = new CancellationScope();
  private isStopping = false;
  private stopRun: (() => void) | undefined;
  private readonly place: AnswerPlace;
  readonly turn: Turn;

  constructor(place: AnswerPlace, turn: Turn) {
    this.place = place;
    this.turn = turn;
  }

  stop(): void {
    if (this.isStopping) return;
    this.isStopping = true;
    if (this.stopRun) this.stopRun();
    else this.beginning.cancel();
  }

  /** @returns whether the conversation has no title yet. Rejects with nothing: also when it is cancelled the message ends first */
  async run(): Promise<{ wantsTitle: boolean }> {
    const { place, turn } = this;
    const { beginAnswer, endAnswer } = turnActivities();
    let wantsTitle = false;
    let end = stoppedAnswer;
    try {
      const begun = await this.beginning.run(() => beginAnswer({ ...place, turn }));
      // Nobody waits for it: it was answered before, or is gone.
      if (begun.kind === 'over') return { wantsTitle };
      wantsTitle = begun.wantsTitle;
      const run = await this.beginning.run(() => startAnswer(place, turn, begun));
      this.stopRun = run.stop;
      if (this.isStopping) run.stop();
      end = await run.end;
    } catch (error) {
      if (!isCancellation(error)) end = endOfError(error);
    }
    const { message, member } = turn;
    const by = turn.answerer.kind;
    await CancellationScope.nonCancellable(() => endAnswer({ ...place, message, by, member, ...end }));
    return { wantsTitle };
  }
}
