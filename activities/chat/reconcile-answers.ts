/**
 * Ends answers whose conversation can't end them any more: its workflow was ended from outside, or never had the turn because the process
 * that took it died before it could send it. Any number of processes may.
 */
import type { Client } from '@temporalio/client';
import { conversationIdOf } from '../../contracts/chat/conversation.ts';
import type { Database, Log, OpenAnswer } from '../../db/index.ts';
import { createPasses, type Passes } from '../records/passes.ts';
import { endReason, statusOf } from '../records/workflow-truth.ts';
import type { AnswerEnd, EndAnswer } from './end-answer.ts';

export interface AnswerReconcilingOptions {
  db: Pick<Database, 'asSystem'>;
  client: Client;
  endAnswer: EndAnswer;
  log: Log;
  /** Milliseconds from the end of one pass to the next, default half a minute. */
  everyMs?: number | undefined;
  /** Milliseconds after its question from which an answer is looked at, default a minute: until then the turn may be on its way. */
  quietMs?: number | undefined;
  /** Answers that one pass looks at; the next goes on behind them. Default 500. */
  most?: number | undefined;
}

export interface AnswerReconciling extends Passes {
  /** One pass. @returns how many answers were ended */
  runOnce(): Promise<number>;
}

export function createAnswerReconciling({
  db,
  client,
  endAnswer,
  log,
  everyMs = 30_000,
  quietMs = 60_000,
  most = 500,
}: AnswerReconcilingOptions): AnswerReconciling {
  let last: OpenAnswer | undefined;

  /** How an answer of this conversation ends now; undefined: it is answered. */
  async function endOf({ workspace, conversation }: OpenAnswer) {
    const workflowId = conversationIdOf(workspace, conversation);
    const status = await statusOf(client, workflowId);
    if (status.kind === 'open') return undefined;
    const end = status.kind === 'gone' ? 'gone' : status.end;
    // One that came to its own end had not been given the turn.
    const reason = end === 'gone' || end === 'completed' ? undefined : await endReason(client, workflowId);
    return { end, reason };
  }

  async function runOnce(): Promise<number> {
    const open = await db.asSystem(({ openAnswers }) =>
      openAnswers.list({ olderThanMs: quietMs, after: last, limit: most }),
    );
    last = open.length === most ? open.at(-1) : undefined;
    const ends = new Map<string, Awaited<ReturnType<typeof endOf>>>();
    let ended = 0;
    for (const answer of open) {
      const { workspace, conversation, message } = answer;
      if (!ends.has(conversation)) ends.set(conversation, await endOf(answer));
      const end = ends.get(conversation);
      if (!end || !(await endAnswer({ workspace, conversation, message, ...answerEnd(end) }))) continue;
      ended++;
      log.warn({ conversation, message, ...end }, 'An answer was ended: nobody gave it any more');
    }
    return ended;
  }

  const passes = createPasses({
    pass: runOnce,
    onError: (error) => log.warn({ err: error }, 'Answers could not be reconciled; next try soon'),
    everyMs,
  });
  return { ...passes, runOnce };
}

function answerEnd({
  end,
  reason,
}: {
  end: string;
  reason: string | undefined;
}): Pick<AnswerEnd, 'state' | 'failure'> {
  if (end === 'cancelled') return { state: 'stopped' };
  return {
    state: 'failed',
    failure: {
      code: 'answer-lost',
      message: 'What was to give this answer ended before the answer did.',
      hint: 'Ask for a new answer. What tools had done by then stays done.',
      details: { end, ...(reason !== undefined && { reason }) },
    },
  };
}
