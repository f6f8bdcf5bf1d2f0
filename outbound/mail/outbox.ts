/**
 * Where mails are kept while no SMTP server is set: `<HIVIEX_DATA_DIR>/mail`, each as `<id>.eml` for mail programs and as
 * `<id>.json` for our own pages. They hold sign-in links, so only the process's own user may read them.
 */
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { monotonicFactory } from 'ulid';
import type { MailMessage } from './mail-message.ts';

export interface KeptMail extends MailMessage {
  id: string;
  /** Epoch milliseconds. */
  at: number;
}

export interface Outbox {
  /** @param eml The message as it would have gone over the wire. */
  keep(message: MailMessage, eml: Uint8Array): Promise<void>;
  /** Newest first, without the bodies. */
  list(): Promise<Pick<KeptMail, 'id' | 'at' | 'to' | 'subject'>[]>;
  /** @returns undefined for an id that there is not (any more). */
  read(id: string): Promise<KeptMail | undefined>;
}

const keptMails = 200;
const idPattern = /^[0-9A-HJKMNP-TV-Z]{26}$/;

export function createOutbox(folder: string): Outbox {
  const nextId = monotonicFactory(); // in the order of the mails, within a millisecond too

  return {
    async keep({ to, subject, text, html }, eml) {
      const at = Date.now();
      const id = nextId(at);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeFile(join(folder, `${id}.eml`), eml, { mode: 0o600 });
      // Under its name only when whole: `list` may look at any moment.
      const whole = join(folder, `${id}.json`);
      await writeFile(`${whole}.part`, JSON.stringify({ id, at, to, subject, text, html }), { mode: 0o600 });
      await rename(`${whole}.part`, whole);
      await prune();
    },
    async list() {
      const ids = [...new Set((await files()).filter((name) => name.endsWith('.json')).map(idOf))];
      const mails = await Promise.all(ids.sort().reverse().map(read));
      return mails
        .filter((mail) => mail !== undefined)
        .map(({ id, at, to, subject }) => ({ id, at, to, subject }));
    },
    read,
  };

  async function read(id: string): Promise<KeptMail | undefined> {
    if (!idPattern.test(id)) return undefined;
    return await readFile(join(folder, `${id}.json`), 'utf8').then(
      (json) => JSON.parse(json) as KeptMail,
      unlessMissing,
    );
  }

  async function files(): Promise<string[]> {
    return (await readdir(folder).catch(unlessMissing)) ?? [];
  }

  async function prune(): Promise<void> {
    const names = (await files()).filter((name) => idPattern.test(idOf(name)));
    const kept = new Set([...new Set(names.map(idOf))].sort().slice(-keptMails));
    const old = names.filter((name) => !kept.has(idOf(name)));
    await Promise.all(old.map((name) => rm(join(folder, name), { force: true })));
  }
}

function idOf(name: string): string {
  return name.slice(0, name.indexOf('.'));
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
