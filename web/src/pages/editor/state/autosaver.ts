/**
 * Saves what changes, one save at a time, some rest after the last change. Knows nothing of the screen: it is told of changes and
 * tells of its state.
 *
 * A save that meets somebody else's (412) stops it until a person has chosen; without an answer it tries again by itself.
 */
import { ProblemError } from '../../../api/problem-error.ts';

export type SaveState =
  | { kind: 'saved' }
  /** Changed, and not yet on the way. */
  | { kind: 'changed' }
  | { kind: 'saving' }
  | { kind: 'offline'; problem: ProblemError }
  | { kind: 'conflict' }
  | { kind: 'failed'; problem: ProblemError };

export interface AutosaverOptions<T> {
  revision: number;
  /** Sends `value` as a change of `revision`; gives the new one. */
  save(value: T, revision: number): Promise<{ revision: number }>;
  onState(state: SaveState): void;
  /** Milliseconds of rest before a save. */
  restMs?: number;
  /** Milliseconds before trying again without an answer. */
  retryMs?: number;
}

export class Autosaver<T> {
  readonly #options: AutosaverOptions<T>;
  #revision: number;
  #waiting: { value: T } | undefined;
  #running: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #state: SaveState = { kind: 'saved' };

  constructor(options: AutosaverOptions<T>) {
    this.#options = options;
    this.#revision = options.revision;
  }

  get state(): SaveState {
    return this.#state;
  }

  get isClean(): boolean {
    return this.#state.kind === 'saved';
  }

  /** There is something newer to save. */
  change(value: T): void {
    this.#waiting = { value };
    if (this.#state.kind === 'conflict') return;
    if (!this.#running) this.#tell({ kind: 'changed' });
    this.#schedule(this.#options.restMs ?? 800);
  }

  /** Saves at once. True: everything is saved. */
  async flush(): Promise<boolean> {
    clearTimeout(this.#timer);
    while (this.#running || this.#waiting) {
      if (this.#state.kind === 'conflict') return false;
      this.#running ??= this.#saveNext();
      await this.#running;
      if (this.problem) return false;
    }
    return this.isClean;
  }

  /** Why the last save did not come about. */
  get problem(): ProblemError | undefined {
    return 'problem' in this.#state ? this.#state.problem : undefined;
  }

  /** After a conflict: what is here wins over what is there, which has this revision. */
  async keepMine(value: T, revision: number): Promise<boolean> {
    this.#revision = revision;
    this.#waiting = { value };
    this.#tell({ kind: 'changed' });
    return this.flush();
  }

  /** After a conflict: what is there wins; it has this revision. */
  takeTheirs(revision: number): void {
    this.#revision = revision;
    this.#waiting = undefined;
    this.#tell({ kind: 'saved' });
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #schedule(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), ms);
  }

  async #saveNext(): Promise<void> {
    const next = this.#waiting;
    if (!next) {
      this.#running = undefined;
      return;
    }
    this.#waiting = undefined;
    this.#tell({ kind: 'saving' });
    try {
      const { revision } = await this.#options.save(next.value, this.#revision);
      this.#revision = revision;
      this.#tell({ kind: this.#waiting ? 'changed' : 'saved' });
    } catch (error) {
      // Nothing is lost: unless something newer waits already, this waits again.
      this.#waiting ??= next;
      this.#fail(error);
    } finally {
      this.#running = undefined;
    }
  }

  #fail(error: unknown): void {
    if (!(error instanceof ProblemError)) throw error;
    if (error.status === 412) {
      this.#tell({ kind: 'conflict' });
    } else if (error.isOffline || error.status >= 500) {
      this.#tell({ kind: 'offline', problem: error });
      this.#schedule(this.#options.retryMs ?? 3_000);
    } else this.#tell({ kind: 'failed', problem: error });
  }

  #tell(state: SaveState): void {
    this.#state = state;
    this.#options.onState(state);
  }
}
