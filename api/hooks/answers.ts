/**
 * Whoever holds a webhook's request open waits here for its run's answer. One map, fed by the bus; nothing is kept for a caller
 * who has left.
 *
 * The bus may lose a message (another process restarts, an answer is too large for it), so a run's record is looked at as well:
 * every few seconds while the run works, and at once when it has ended without an answer. The record decides.
 */
import type { Bus } from '../../contracts/bus.ts';
import type { Failure, WebhookResponse } from '../../contracts/run.ts';
import { isTerminal, type RunState } from '../../contracts/states.ts';

/** Milliseconds between two looks at a record: while the run works, and once it is said to have ended. */
const calmInterval = 3_000;
const endedInterval = 50;

export type Outcome =
  | { kind: 'answered'; response: WebhookResponse }
  | { kind: 'ended'; state: RunState; failure?: Failure | undefined }
  /** Not within the limit; the run goes on. */
  | { kind: 'late' }
  /** The caller has left; the run goes on. */
  | { kind: 'gone' };

export interface RunRecord {
  state: RunState;
  response?: WebhookResponse | undefined;
  failure?: Failure | undefined;
}

export interface Wait {
  run: string;
  workspace: string;
  limitMs: number;
}

export interface Waiting {
  /** Never rejects. */
  outcome: Promise<Outcome>;
  /** Look at the record now: a run that started earlier may have answered already. */
  look(): void;
  /** The caller has left: nobody waits any more. */
  leave(): void;
}

export interface Answers {
  /** Begin before the run is started: its answer may be there before the start returns. */
  wait(wait: Wait): Waiting;
  /** Callers who wait now. */
  readonly waiting: number;
  close(): void;
}

export function createAnswers(
  bus: Bus,
  readRecord: (workspace: string, run: string) => Promise<RunRecord | undefined>,
): Answers {
  const waiters = new Map<string, Set<Waiter>>();

  const unsubscribe = bus.subscribe((message) => {
    if (message.kind === 'run.answer')
      for (const waiter of waiters.get(message.run) ?? [])
        waiter.settle({ kind: 'answered', response: message.response });
    if (message.kind === 'run.ended')
      for (const waiter of waiters.get(message.run) ?? []) waiter.look(endedInterval);
  });

  return {
    wait({ run, workspace, limitMs }) {
      const { promise: outcome, resolve } = Promise.withResolvers<Outcome>();
      const ofRun = waiters.get(run) ?? new Set<Waiter>();
      const waiter = createWaiter({
        readRecord: () => readRecord(workspace, run),
        limitMs,
        settled: (settled) => {
          ofRun.delete(waiter);
          if (ofRun.size === 0) waiters.delete(run);
          resolve(settled);
        },
      });
      ofRun.add(waiter);
      waiters.set(run, ofRun);
      return {
        outcome,
        look: () => waiter.look(calmInterval),
        leave: () => waiter.settle({ kind: 'gone' }),
      };
    },
    get waiting() {
      return waiters.size;
    },
    close() {
      unsubscribe();
      for (const ofRun of [...waiters.values()])
        for (const waiter of [...ofRun]) waiter.settle({ kind: 'late' });
    },
  };
}

interface Waiter {
  settle(outcome: Outcome): void;
  /** Look at the record now, and every `interval` milliseconds from now on. */
  look(interval: number): void;
}

function createWaiter({
  readRecord,
  limitMs,
  settled,
}: {
  readRecord: () => Promise<RunRecord | undefined>;
  limitMs: number;
  settled: (outcome: Outcome) => void;
}): Waiter {
  let open = true;
  let looking = false;
  let interval = calmInterval;
  let nextLook: NodeJS.Timeout;

  const settle = (outcome: Outcome) => {
    if (!open) return;
    open = false;
    clearTimeout(nextLook);
    clearTimeout(limit);
    settled(outcome);
  };
  const lookAgain = () => {
    clearTimeout(nextLook);
    if (open) nextLook = setTimeout(look, interval);
  };
  const look = async () => {
    if (looking) return;
    looking = true;
    // A database that does not answer right now is no reason to fail the caller: the bus may still tell.
    const record = await readRecord().catch(() => undefined);
    looking = false;
    if (record?.response) settle({ kind: 'answered', response: record.response });
    else if (record && isTerminal(record.state))
      settle({ kind: 'ended', state: record.state, failure: record.failure });
    else lookAgain();
  };

  const limit = setTimeout(() => settle({ kind: 'late' }), limitMs);
  nextLook = setTimeout(look, interval);
  return {
    settle,
    look(every) {
      interval = every;
      clearTimeout(nextLook);
      void look();
    },
  };
}
