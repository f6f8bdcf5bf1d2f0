/** One process of a cluster under test: killed with -9 at any moment, started anew at the address that it had. */
import { setTimeout as sleep } from 'node:timers/promises';
import { killProcesses, processTree } from '../support/process-tree.ts';

export interface Running {
  pid: number;
  /** Settles when the process has ended. */
  ended: Promise<unknown>;
  /** The last of what it printed. */
  output(): string;
  stop(): Promise<void>;
}

export class Member {
  readonly name: string;
  private readonly begin: () => Promise<Running>;
  private running: Running | undefined;
  private lastWords: string | undefined;

  /** @param begin starts the process and resolves once it serves */
  constructor(name: string, begin: () => Promise<Running>) {
    this.name = name;
    this.begin = begin;
  }

  /** Tries until it serves: the others that it needs may be down just now. @throws after two minutes, with its words */
  async start(): Promise<void> {
    const end = Date.now() + 120_000;
    for (;;) {
      try {
        const running = await this.begin();
        this.running = running;
        void running.ended.then(() => {
          if (this.running === running) this.lastWords = running.output();
        });
        return;
      } catch (error) {
        if (Date.now() > end) throw new Error(`${this.name} does not come up`, { cause: error });
        await sleep(500);
      }
    }
  }

  /** kill -9 of the process and everything under it. */
  async kill(): Promise<void> {
    const { running } = this;
    if (!running) return;
    this.running = undefined;
    await killProcesses(processTree(running.pid));
    await running.ended;
  }

  async stop(): Promise<void> {
    const { running } = this;
    this.running = undefined;
    await running?.stop();
  }

  /** What it said last when it ended and nobody had killed it. Undefined: it did not. */
  endedByItself(): string | undefined {
    return this.lastWords;
  }

  output(): string {
    return this.running?.output() ?? '';
  }
}
