/**
 * The engine's ports in virtual time, for tests: effects are functions that take as many virtual milliseconds as they say, sleeps
 * end when nothing else can happen before. Everything is deterministic, so a run can be compared with itself.
 */

import type { Announcement } from '../../contracts/announcement.ts';
import type { ChildEnd } from '../../contracts/child-run.ts';
import type { ItemOutcome } from '../../contracts/effect.ts';
import type { Item } from '../../contracts/item.ts';
import type { RunEvent } from '../../contracts/run.ts';
import type { RunMessage } from '../../contracts/run-message.ts';
import { EngineFailure } from './engine-failure.ts';
import type { ChildCall, EffectCall, EnginePorts } from './engine-ports.ts';

export interface SimulatedEffect {
  /** Virtual milliseconds, default 1. */
  takes?: number;
  items?: Item[];
  /** Of a call for a batch. */
  outcomes?: ItemOutcome[];
  fails?: string;
}

class Cancelled extends Error {}

/** When what only a message can end would end. */
const never = Number.MAX_SAFE_INTEGER;

interface Pending {
  at: number;
  order: number;
  settle: () => void;
  cancel: () => void;
}

export class SimulatedWorld {
  readonly events: RunEvent[] = [];
  readonly calls: EffectCall[] = [];
  readonly announcements: Announcement[] = [];
  clock = 1_700_000_000_000;
  /** Says after how many events (of progress) since the last hand-over the engine is asked for its state; 0 never asks. */
  continueAfter = 0;
  /** Virtual time at which everything under way is cancelled, as by a person. */
  cancelAt = Number.POSITIVE_INFINITY;
  private readonly letters: { at: number; message: RunMessage }[] = [];
  private listener: ((message: RunMessage) => boolean) | undefined;
  private eventsSinceHandOver = 0;
  private pending: Pending[] = [];
  private order = 0;
  /** Runs of other automations, in the order of their starts. */
  readonly children: {
    call: ChildCall;
    does: Omit<SimulatedEffect, 'takes'>;
    endsAt: number;
    cancelled: boolean;
  }[] = [];
  /** What a run of another automation does; by default it gives back what it got, after a millisecond. */
  child: (call: ChildCall) => SimulatedEffect = ({ items }) => ({ items });
  private readonly effect: (call: EffectCall) => SimulatedEffect;

  constructor(effect: (call: EffectCall) => SimulatedEffect = ({ input }) => ({ items: input.items })) {
    this.effect = effect;
  }

  ports(): EnginePorts {
    this.eventsSinceHandOver = 0;
    return {
      now: () => this.clock,
      emit: (event) => {
        if (event.type !== 'run.state') this.eventsSinceHandOver += 1;
        this.events.push(structuredClone(event));
      },
      runEffect: (call) => {
        this.calls.push(call);
        const { takes = 1, items = [], outcomes, fails } = this.effect(call);
        return this.later(this.clock + takes, () => {
          if (fails !== undefined) throw new EngineFailure({ code: 'test', message: fails });
          return { items, outcomes };
        });
      },
      children: {
        resolve: (automation) =>
          this.later(this.clock + 1, () => ({
            automation: { id: automation, name: automation },
            version: { id: 'version-1', number: 1 },
            ...{ node: 'When called', fields: [] },
          })),
        start: (call) =>
          this.later(this.clock + 1, () => {
            const run = `child-${this.children.length}`;
            const { takes = 1, ...does } = this.child(call);
            this.children.push({ call, does, endsAt: this.clock + takes, cancelled: false });
            return { run, workflowId: run };
          }),
        startAgent: () => Promise.reject(new Error('There are no agents in this world.')),
        end: ({ run }) => {
          const child = this.children[Number(run.slice('child-'.length))]!;
          if (!child.call.waits) throw new Error('Nobody waits for this run.');
          return this.later(
            Math.max(child.endsAt, this.clock),
            (): ChildEnd =>
              child.does.fails === undefined
                ? { kind: 'succeeded', items: child.does.items ?? [] }
                : { kind: 'failed', failure: { code: 'test', message: child.does.fails } },
          );
        },
      },
      sleepUntil: (due) => this.later(due, () => undefined),
      waitFor: (bell, due = never) => {
        const order = this.order;
        const rung = bell.then(() => {
          this.pending = this.pending.filter((pending) => pending.order !== order);
          return 'rung' as const;
        });
        return Promise.race([this.later(due, () => 'due' as const), rung]);
      },
      onMessage: (listener) => {
        this.listener = listener;
        return () => {
          this.listener = undefined;
        };
      },
      announce: (announcement) =>
        this.later(this.clock + 1, () => void this.announcements.push(structuredClone(announcement))),
      signLink: (link, { run, node, index }) =>
        this.later(this.clock + 1, () => `https://hiviex.test/${link}/${run}/${node}/${index}`),
      yield: () => this.later(this.clock + 1, () => undefined),
      cancelInFlight: (reason) => {
        if (reason === 'end')
          for (const child of this.children)
            child.cancelled ||= child.call.waits && child.endsAt > this.clock;
        this.cancel();
      },
      isCancellation: (error) => error instanceof Cancelled,
      shouldContinueAsNew: () => this.continueAfter > 0 && this.eventsSinceHandOver >= this.continueAfter,
    };
  }

  /** Says something to the run at a virtual time after its start. */
  send(after: number, message: RunMessage): void {
    this.letters.push({ at: this.clock + after, message });
    this.letters.sort((a, b) => a.at - b.at);
  }

  /** Ends everything under way, as a cancelled workflow does. */
  cancel(): void {
    for (const { cancel } of this.pending.splice(0)) cancel();
  }

  /** Lets virtual time pass until `run` has ended. Rejects when nothing is left that could move it. */
  async play<T>(run: Promise<T>): Promise<T> {
    let ended = false;
    const watched = run.finally(() => {
      ended = true;
    });
    watched.catch(() => undefined);
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (ended) return await watched;
      this.pending.sort((a, b) => a.at - b.at || a.order - b.order);
      const at = this.pending[0]?.at ?? 0;
      if (this.deliverUntil(Math.min(at, this.cancelAt))) continue;
      if (at >= this.cancelAt) {
        this.cancelAt = Number.POSITIVE_INFINITY;
        this.cancel();
        continue;
      }
      const next = this.pending.shift();
      if (!next || next.at === never)
        throw new Error('The run hangs: nothing is pending and it has not ended.');
      this.clock = Math.max(this.clock, next.at);
      next.settle();
    }
  }

  /** Hands on the next letter that comes by then. */
  private deliverUntil(at: number): boolean {
    const letter = this.letters[0];
    if (!letter || letter.at > at || !this.listener) return false;
    this.letters.shift();
    this.clock = Math.max(this.clock, letter.at);
    this.listener(letter.message);
    return true;
  }

  private later<T>(at: number, work: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      const settle = () => {
        try {
          resolve(work());
        } catch (error) {
          reject(error);
        }
      };
      this.pending.push({
        at,
        order: this.order++,
        settle,
        cancel: () => reject(new Cancelled('cancelled')),
      });
    });
  }
}
