/**
 * Who holds which slots and who waits for them: the limiter's decisions, without Temporal. Pure, so that tests can try every order of
 * requests, releases and deaths.
 *
 * A request takes all its slots at once or waits for all of them. So no run waits for a slot while it holds one that somebody else
 * waits for, and nobody can wait in a circle.
 */
import type { SlotRequest, Want } from '../../contracts/limits.ts';

/** What is to be told to runs, or done to them. */
export type SlotMove =
  | { kind: 'grant'; holder: string }
  | { kind: 'queue'; holder: string; for: Want }
  | { kind: 'skip'; holder: string; for: Want }
  | { kind: 'cancel'; holder: string };

/** JSON, for continue-as-new. */
export interface SlotTableState {
  /** In the order in which they got their slots. */
  holders: [holder: string, keys: string[]][];
  /** In the order in which they asked. */
  queue: SlotRequest[];
  limits: [key: string, limit: number][];
  cancelling: string[];
}

export class SlotTable {
  private readonly holders: Map<string, string[]>;
  private queue: SlotRequest[];
  /** As the newest request had them: published changes count from then on. */
  private readonly limits: Map<string, number>;
  /** Asked to end, for a newer run. */
  private readonly cancelling: Set<string>;
  private readonly used = new Map<string, number>();

  constructor(state: SlotTableState = { holders: [], queue: [], limits: [], cancelling: [] }) {
    this.holders = new Map(state.holders);
    this.queue = [...state.queue];
    this.limits = new Map(state.limits);
    this.cancelling = new Set(state.cancelling);
    for (const keys of this.holders.values()) this.count(keys, 1);
  }

  request(request: SlotRequest): SlotMove[] {
    const { holder, wants } = request;
    for (const { key, limit } of wants) this.limits.set(key, limit);
    if (this.holders.has(holder)) return [{ kind: 'grant', holder }];
    const waiting = this.queue.find((entry) => entry.holder === holder);
    if (waiting) return [...this.answerTo(waiting), ...this.grantWhatFits()];
    const blocked = wants.filter((want) => this.isFull(want.key));
    const skips = blocked.find(({ policy }) => policy === 'skip');
    if (skips) return [{ kind: 'skip', holder, for: skips }];
    const cancels = blocked
      .filter(({ policy }) => policy === 'replace')
      .flatMap((want) => this.makeRoom(want));
    this.queue.push(request);
    return [...cancels, ...this.answerTo(request), ...this.grantWhatFits()];
  }

  /** The run has ended, or wants none any more: whatever it held or waited for. */
  release(holder: string): SlotMove[] {
    this.cancelling.delete(holder);
    this.queue = this.queue.filter((entry) => entry.holder !== holder);
    const keys = this.holders.get(holder);
    this.holders.delete(holder);
    if (keys) this.count(keys, -1);
    const moves = this.grantWhatFits();
    this.forgetUnused();
    return moves;
  }

  /** Holders of slots that somebody waits for, the oldest first: one of them may have died without a word. */
  inTheWay(): string[] {
    const wanted = new Set(this.queue.flatMap(({ wants }) => wants.map(({ key }) => key)));
    return [...this.holders]
      .filter(([, keys]) => keys.some((key) => wanted.has(key)))
      .map(([holder]) => holder);
  }

  /** Holders for whose sake a request would be refused, not queued; one of them may have died without a word. */
  refusersOf({ holder, wants }: SlotRequest): string[] {
    if (this.holders.has(holder) || this.queue.some((entry) => entry.holder === holder)) return [];
    const refusing = wants.filter(({ key, limit, policy }) => policy === 'skip' && this.uses(key) >= limit);
    return [...this.holders]
      .filter(([, keys]) => refusing.some(({ key }) => keys.includes(key)))
      .map(([name]) => name);
  }

  get isEmpty(): boolean {
    return this.holders.size === 0 && this.queue.length === 0;
  }

  get waiting(): number {
    return this.queue.length;
  }

  /** For operators: slots by key. */
  counts(): { key: string; used: number; limit: number }[] {
    return [...this.limits].map(([key, limit]) => ({ key, limit, used: this.used.get(key) ?? 0 }));
  }

  state(): SlotTableState {
    return {
      holders: [...this.holders],
      queue: this.queue,
      limits: [...this.limits],
      cancelling: [...this.cancelling],
    };
  }

  /** The oldest run that holds a slot and is not ending yet makes room; with none left, the oldest that waits for one. */
  private makeRoom({ key }: Want): SlotMove[] {
    for (const [holder, keys] of this.holders) {
      if (!keys.includes(key) || this.cancelling.has(holder)) continue;
      this.cancelling.add(holder);
      return [{ kind: 'cancel', holder }];
    }
    const oldest = this.queue.find(({ wants }) => wants.some((want) => want.key === key));
    if (!oldest) return [];
    this.queue = this.queue.filter((entry) => entry !== oldest);
    return [{ kind: 'cancel', holder: oldest.holder }];
  }

  private answerTo({ holder, wants }: SlotRequest): SlotMove[] {
    const blocked = wants.find(({ key }) => this.isFull(key));
    return blocked ? [{ kind: 'queue', holder, for: blocked }] : [];
  }

  /** In the order of priority, then of asking. One that does not fit lets the others pass. */
  private grantWhatFits(): SlotMove[] {
    const moves: SlotMove[] = [];
    for (const priority of [1, 2, 3, 4, 5])
      for (const entry of this.queue) {
        if (entry.priority !== priority || entry.wants.some(({ key }) => this.isFull(key))) continue;
        const keys = entry.wants.map(({ key }) => key);
        this.holders.set(entry.holder, keys);
        this.count(keys, 1);
        moves.push({ kind: 'grant', holder: entry.holder });
      }
    if (moves.length > 0) this.queue = this.queue.filter(({ holder }) => !this.holders.has(holder));
    return moves;
  }

  private isFull(key: string): boolean {
    return this.uses(key) >= (this.limits.get(key) ?? 0);
  }

  private uses(key: string): number {
    return this.used.get(key) ?? 0;
  }

  private count(keys: readonly string[], change: 1 | -1): void {
    for (const key of keys) {
      const used = (this.used.get(key) ?? 0) + change;
      if (used > 0) this.used.set(key, used);
      else this.used.delete(key);
    }
  }

  /** Keys come from users' data: those that nobody holds or waits for are forgotten. */
  private forgetUnused(): void {
    const wanted = new Set(this.queue.flatMap(({ wants }) => wants.map(({ key }) => key)));
    for (const key of [...this.limits.keys()])
      if (!this.used.has(key) && !wanted.has(key)) this.limits.delete(key);
  }
}
