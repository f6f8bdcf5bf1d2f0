/**
 * The start of a process whose database or Temporal may be down just now: it waits for them, says for what, and goes on when they
 * come. A failure that waiting can't mend ends the start at once.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../db/index.ts';
import { plainCause } from './plain-cause.ts';

/** What every process of ours stands on, as `/readyz` names it. */
export type Part = 'database' | 'temporal';

const names: Record<Part, string> = { database: 'Postgres', temporal: 'Temporal' };

/** Milliseconds between two attempts: doubled from the first to the last. */
const firstPause = 250;
const lastPause = 10_000;

export interface Startup {
  /** Resolves with what an attempt gives, however long that takes. @throws what waiting does not mend */
  reach<T>(part: Part, attempt: () => Promise<T>): Promise<T>;
  /** Why a part was not reached yet, in words that may be shown to anybody. One that was is absent. */
  causes(): Partial<Record<Part, string>>;
}

export interface StartupOptions {
  log: Log;
  /** Of each part, for the log: host:port. */
  addresses: Partial<Record<Part, string | undefined>>;
  /** Also told, once, that a part is waited for, and that it came: for people who read no log. */
  say?: (line: string) => void;
}

export function createStartup({ log, addresses, say = () => {} }: StartupOptions): Startup {
  const causes = new Map<Part, string>([
    ['database', 'was not asked yet'],
    ['temporal', 'was not asked yet'],
  ]);

  async function reach<T>(part: Part, attempt: () => Promise<T>): Promise<T> {
    const name = names[part];
    const address = addresses[part];
    for (let pause = firstPause, waits = false; ; pause = Math.min(pause * 2, lastPause)) {
      try {
        const reached = await attempt();
        causes.delete(part);
        if (waits) log.info({ address }, `${name} has come`);
        if (waits) say(`${name} has come; going on.`);
        return reached;
      } catch (err) {
        const { text, passes } = plainCause(err);
        causes.set(part, text);
        if (!passes) throw err;
        log.warn({ err, address, nextTryInMs: pause }, `Waiting for ${name}: it ${text}`);
        if (!waits) say(`Waiting for ${name}${address ? ` at ${address}` : ''}: it ${text}.`);
        waits = true;
        await sleep(pause);
      }
    }
  }

  return { reach, causes: () => Object.fromEntries(causes) };
}

/** host:port of a database's URL, without user and password. */
export function hostOf(url: string | undefined): string | undefined {
  return url && URL.canParse(url) ? new URL(url).host : undefined;
}
