/**
 * What a gate does with what comes in: the gate workflow's decisions, without Temporal. Pure, and told the time, so that tests can try
 * every order of deliveries and clocks.
 *
 * Each delivery is in one run, or dropped and reported, or (debounce that keeps the last) replaced by a later one. They leave in the
 * order in which they came. The newest call's settings count: a change that is published counts for what is held, too.
 */
import {
  type DropReason,
  type GateCall,
  type GateDelivery,
  type GateSettings,
  type GateVerdict,
  mostGathered,
  mostGatheredBytes,
  mostHeldBytes,
} from '../../contracts/gates.ts';

/** Milliseconds that a gate with nothing to do stays, and after which a drop is reported at the latest. */
const idleMs = 60_000;
const reportMs = 60_000;
/** Ids that it remembers. */
const mostSeen = 20_000;
/** Ids in a report of dropped ones, of those that somebody shows; of the others the first few. */
const mostReported = 1_000;
const mostNamed = 20;

/** A delivery as it is held. One that a later one has replaced keeps its place, and no item. */
export type Held = GateTrace &
  Pick<GateDelivery, 'bytes'> &
  Partial<Pick<GateDelivery, 'item'>> & {
    at: number;
    /** Its sender was told its run, as throttles do: it has that one, alone, whatever is set later. */
    own?: true;
  };

/** What a delivery is known by to those who show what becomes of it. */
export type GateTrace = Pick<GateDelivery, 'id' | 'event' | 'logged'>;

export type GateMove =
  /** The run's id follows from the deliveries. */
  { kind: 'start'; run: string; deliveries: Held[] } | ({ kind: 'report'; reason: DropReason } & DropCount);

interface DropCount {
  /** When the first of them came. */
  since: number;
  count: number;
  /** Every one that is shown somewhere, to be put right there; of the others the first few. */
  deliveries: GateTrace[];
}

/** JSON, for continue-as-new. */
export interface GateState {
  settings?: GateSettings | undefined;
  held: Held[];
  /** When the first of those came that the next run stands for. */
  openedAt: number;
  /** Of a throttle: when it let runs start, the oldest first. */
  starts: number[];
  seen: [id: string, until: number][];
  dropped: [DropReason, DropCount][];
  /** When something last came. */
  lastAt: number;
}

export class Gate {
  private settings: GateSettings | undefined;
  private held: Held[];
  private openedAt: number;
  private starts: number[];
  /** Until when, by id; those that are forgotten first come first. */
  private readonly seen: Map<string, number>;
  private remembersUntil: number;
  private readonly dropped: Map<DropReason, DropCount>;
  private lastAt: number;

  constructor(now: number, state?: GateState) {
    this.settings = state?.settings;
    this.held = [...(state?.held ?? [])];
    this.openedAt = state?.openedAt ?? now;
    this.starts = [...(state?.starts ?? [])];
    this.seen = new Map(state?.seen);
    this.remembersUntil = state?.seen.at(-1)?.[1] ?? 0;
    this.dropped = new Map(state?.dropped);
    this.lastAt = state?.lastAt ?? now;
  }

  receive({ settings, delivery }: GateCall, now: number): GateVerdict {
    this.settings = settings;
    this.forget(now);
    const { id, bytes, item, rememberMs } = delivery;
    if (this.seen.has(id) || this.held.some((one) => one.id === id)) return { kind: 'known' };
    if (rememberMs > 0) this.remember(id, now + rememberMs);
    const reason = this.refuses(settings, bytes);
    if (reason) {
      this.drop(reason, traceOf(delivery), now);
      return { kind: 'dropped', reason };
    }
    if (this.held.length === 0) this.openedAt = now;
    if (settings.kind === 'debounce' && settings.keep === 'last') this.replaceLast();
    this.lastAt = now;
    const own = settings.kind === 'throttle' && { own: true as const };
    this.held.push({ ...traceOf(delivery), bytes, item, at: now, ...own });
    return { kind: 'held' };
  }

  /** What is to be done now. It is not held any more then: whoever takes it does it. */
  take(now: number): GateMove[] {
    const moves: GateMove[] = [];
    while (this.held.length > 0 && this.startAt <= now) moves.push(this.start(now));
    return [...moves, ...this.reports((count) => this.reportAt(count) <= now)];
  }

  /** Everything, now: an operator ends the gate. */
  takeAll(now: number): GateMove[] {
    const moves: GateMove[] = [];
    while (this.held.length > 0) moves.push(this.start(now));
    return [...moves, ...this.reports(() => true)];
  }

  /** When there is something to take, or when the gate is over. */
  get wakeAt(): number {
    const reportAts = [...this.dropped.values()].map((count) => this.reportAt(count));
    if (this.held.length > 0) return Math.min(this.startAt, ...reportAts);
    return reportAts.length > 0 ? Math.min(...reportAts) : this.overAt;
  }

  /** It holds nothing and has nothing to remember. */
  isOver(now: number): boolean {
    return this.held.length === 0 && this.dropped.size === 0 && this.overAt <= now;
  }

  get holding(): number {
    return this.held.length;
  }

  state(): GateState {
    const { settings, held, openedAt, starts, lastAt } = this;
    return { settings, held, openedAt, starts, lastAt, seen: [...this.seen], dropped: [...this.dropped] };
  }

  /** When the first of those held may start. */
  private get startAt(): number {
    const { settings, held } = this;
    if (!settings) return 0;
    if (settings.kind === 'throttle')
      return this.starts.length < settings.runs ? 0 : this.starts.at(-settings.runs)! + settings.periodMs;
    if (held[0]!.own) return 0;
    const most = settings.kind === 'batch' ? settings.items : mostGathered;
    if (held.length >= most || this.heldBytes >= mostGatheredBytes) return 0;
    if (settings.kind === 'batch') return this.openedAt + settings.withinMs;
    return Math.min(this.openedAt + settings.maxWaitMs, held.at(-1)!.at + settings.waitMs);
  }

  private start(now: number): GateMove {
    const { settings } = this;
    if (settings?.kind === 'throttle') this.starts = [...this.starts, now].slice(-settings.runs);
    const deliveries = this.held.splice(0, this.gathered());
    this.openedAt = this.held[0]?.at ?? now;
    // The newest always has its item, and those that were replaced go with the one that replaced them.
    const first = deliveries.find(({ item }) => item)!;
    return { kind: 'start', run: runOf(first, settings), deliveries };
  }

  /** How many of those held go into the next run; replaced ones go with the one behind them. */
  private gathered(): number {
    const { settings, held } = this;
    if (held[0]?.own) return 1;
    const most =
      settings?.kind === 'debounce' ? mostGathered : settings?.kind === 'batch' ? settings.items : 1;
    let [taken, items, bytes] = [0, 0, 0];
    for (const [index, one] of held.entries()) {
      if (!one.item) continue;
      if (items > 0 && (one.own || items >= most || bytes + one.bytes > mostGatheredBytes)) break;
      taken = index + 1;
      items += 1;
      bytes += one.bytes;
    }
    return taken;
  }

  private refuses(settings: GateSettings, bytes: number): DropReason | undefined {
    if (settings.kind !== 'throttle') return undefined;
    const isOver = this.starts.length + this.held.length >= settings.runs;
    if (settings.over === 'drop' && isOver) return 'throttled';
    const isFull = this.held.length >= mostGathered || this.heldBytes + bytes > mostHeldBytes;
    return isFull && this.held.length > 0 ? 'full' : undefined;
  }

  private get heldBytes(): number {
    return this.held.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Its item goes. Where it is shown, the run that stands for it is to be shown too: then its place is kept. */
  private replaceLast(): void {
    if (this.held.at(-1)?.own) return;
    const last = this.held.pop();
    if (last && isShown(last)) this.held.push({ ...last, item: undefined, bytes: 0 });
  }

  private drop(reason: DropReason, delivery: GateTrace, now: number): void {
    this.lastAt = now;
    const { since, count, deliveries } = this.dropped.get(reason) ?? { since: now, count: 0, deliveries: [] };
    const isNamed = isShown(delivery) || deliveries.length < mostNamed;
    this.dropped.set(reason, {
      since,
      count: count + 1,
      deliveries: isNamed ? [...deliveries, delivery] : deliveries,
    });
  }

  private reports(isDue: (count: DropCount) => boolean): GateMove[] {
    const due = [...this.dropped].filter(([, count]) => isDue(count));
    return due.map(([reason, count]) => {
      this.dropped.delete(reason);
      return { kind: 'report', reason, ...count };
    });
  }

  private reportAt({ since, deliveries }: DropCount): number {
    if (deliveries.length >= mostReported) return 0;
    const { settings } = this;
    return since + (settings?.kind === 'throttle' ? Math.min(settings.periodMs, reportMs) : reportMs);
  }

  /** When it may be forgotten: what it remembers counts for nothing then. */
  private get overAt(): number {
    const { settings, starts } = this;
    const counted = settings?.kind === 'throttle' ? (starts.at(-1) ?? 0) + settings.periodMs : 0;
    return Math.max(this.lastAt + idleMs, counted, this.remembersUntil);
  }

  private remember(id: string, until: number): void {
    this.remembersUntil = Math.max(this.remembersUntil, until);
    this.seen.set(id, this.remembersUntil);
  }

  private forget(now: number): void {
    for (const [id, until] of this.seen) {
      if (until > now && this.seen.size <= mostSeen) break;
      this.seen.delete(id);
    }
    const { settings } = this;
    const since = settings?.kind === 'throttle' ? now - settings.periodMs : now;
    this.starts = this.starts.filter((start) => start > since);
  }
}

/**
 * A throttle starts the run that the delivery would have started by itself. One that stands for several is named for its first and
 * for when that came: the same delivery, forgotten and sent again, may be the first of others.
 */
function runOf({ id, at, own }: Held, settings: GateSettings | undefined): string {
  return own || settings?.kind === 'throttle' ? id : `${id}-${at.toString(36)}`;
}

export function traceOf({ id, event, logged }: GateTrace): GateTrace {
  return { id, ...(event !== undefined && { event }), ...(logged && { logged }) };
}

function isShown({ event, logged }: GateTrace): boolean {
  return event !== undefined || logged === true;
}
