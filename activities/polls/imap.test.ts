/** A mailbox on a real IMAP server, with runs on a real Temporal server: each mail once, whatever dies or is numbered anew. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { ImapFlow } from 'imapflow';
import type { SendMailOptions } from 'nodemailer';
import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import { pino } from 'pino';
import { graphOf, node } from '../../api/testing/graphs.ts';
import { startTestTemporal, type TestTemporal } from '../../api/testing/test-temporal.ts';
import type { ImapValues } from '../../contracts/credentials/imap.ts';
import type { Item } from '../../contracts/item.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { workflowIdOf } from '../../contracts/run.ts';
import {
  createLocalBus,
  createRunWriter,
  type Database,
  openDatabase,
  type RunWriter,
} from '../../db/index.ts';
import { createWorkspace } from '../../db/testing/fixtures.ts';
import { createGuard } from '../../outbound/guard/index.ts';
import { probeImap } from '../../outbound/probes/probe-imap.ts';
import { type ImapServer, startImapServer } from '../../scripts/stack/imap-server.ts';
import { describeWithMailbox, imapServerBinary } from '../../scripts/stack/test-tools.ts';
import { createFolderStore, type ObjectStore } from '../../storage/index.ts';
import { createCredentialValues } from '../credentials/credential-values.ts';
import { activityContext } from '../testing.ts';
import { createAskForNew } from './ask-for-new.ts';
import type { PollResult } from './poll.ts';

const mostBytes = 3_000_000;

describeWithMailbox('A mailbox that is looked into', () => {
  let temporal: TestTemporal;
  let server: ImapServer;
  let db: Database;
  let writer: RunWriter;
  let workspace: string;
  let folder: string;
  let store: ObjectStore;
  /** A mail program beside ours. */
  let reader: ImapFlow;
  const guard = createGuard({ allow: '127.0.0.1' });
  const away = Connection.lazy({ address: '127.0.0.1:1', connectTimeout: 200, interceptors: [] });

  beforeAll(async () => {
    temporal = await startTestTemporal();
    server = await startImapServer(imapServerBinary());
    db = await openDatabase({ dataDir: 'memory://' });
    await db.migrate();
    workspace = await createWorkspace(db);
    writer = createRunWriter({ db, bus: createLocalBus() });
    folder = await mkdtemp(join(tmpdir(), 'hiviex-imap-'));
    store = createFolderStore({ folder, linkBase: '' });
    const { host, port, user, password } = server;
    reader = new ImapFlow({ host, port, auth: { user, pass: password }, secure: false, logger: false });
    await reader.connect();
  }, 180_000);
  afterAll(async () => {
    reader?.close();
    await server?.stop();
    await guard.close();
    await away.close();
    await writer?.close();
    await db?.close();
    await temporal?.close();
    await rm(folder, { recursive: true, force: true });
  }, 60_000);

  const values = (more: Partial<ImapValues> = {}): ImapValues => {
    const { host, port, user, password } = server;
    return { ...{ host, port, tls: 'off', user, password, accessToken: '' }, ...more };
  };

  async function credential(more: Partial<ImapValues> = {}): Promise<string> {
    const { password, accessToken, ...fields } = values(more);
    const saved = await db.inWorkspace(workspace, ({ credentials }) =>
      credentials.create({
        ...{ name: `Mailbox ${Math.random()}`, type: 'imap', fields },
        secrets: { password, accessToken },
      }),
    );
    if (saved.kind !== 'saved') throw new Error(saved.kind);
    return saved.credential.id;
  }

  /** A mailbox of its own, and an automation that looks into it. */
  async function watch(mailbox: string, more: JsonObject = {}): Promise<string> {
    if (mailbox !== 'nowhere') await reader.mailboxCreate(mailbox);
    const parameters = { credential: await credential(), mailbox, ...more };
    return await db.inWorkspace(workspace, async ({ automations }) => {
      const graph = graphOf(node('imap-trigger', parameters as never, 'ask'));
      const { id } = await automations.create({ name: 'Inbox', description: '', draft: graph });
      await automations.publish(id, { graph, webhooks: [] });
      return id;
    });
  }

  const asker = (client: Client = temporal.client) =>
    createAskForNew(
      {
        runs: { db, writer, temporal: client, eagerStart: false },
        ...{ log: pino({ level: 'silent' }), guard, credentialValues: createCredentialValues(db) },
        files: { store, maxBytes: mostBytes },
      },
      { run: async () => Promise.reject(new Error('No HTTP here.')) },
    );
  const look = (automation: string, ask = asker()) =>
    activityContext().run(ask, { workspace, automation, node: 'ask' }) as Promise<PollResult>;

  async function deliver(mailbox: string, options: SendMailOptions, flags: string[] = []): Promise<void> {
    const mail = { from: 'Ana <ana@example.com>', to: 'inbox@example.com', text: 'x', ...options };
    await reader.append(mailbox, await new MailComposer(mail).compile().build(), flags);
  }

  /** What the run began with, as Temporal has it. */
  async function itemsOf(automation: string, result: PollResult): Promise<Item[]> {
    if (result.kind !== 'new') throw new Error(JSON.stringify(result));
    const id = workflowIdOf({ workspace, automation, run: result.run });
    const { events } = await temporal.client.workflow.getHandle(id).fetchHistory();
    const payload = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads?.[0]?.data;
    return JSON.parse(Buffer.from(payload!).toString()).items;
  }
  const subjects = (items: Item[]) => items.map(({ json }) => json.subject);
  const cursorOf = (automation: string) =>
    db.inWorkspace(workspace, ({ triggerCursors }) => triggerCursors.get({ automation, node: 'ask' }));
  const flagsIn = async (mailbox: string) => {
    await reader.mailboxOpen(mailbox);
    const mails = await reader.fetchAll('1:*', { flags: true, envelope: true }).catch(() => []);
    await reader.mailboxClose();
    return mails.map(({ envelope, flags }) => [
      envelope?.subject,
      [...(flags ?? [])].some((flag) => /seen/i.test(flag)),
    ]);
  };

  it('gives new mail only, in its order, each once', async () => {
    const automation = await watch('New');
    await deliver('New', { subject: 'old' });
    expect(await look(automation)).toEqual({ kind: 'first' });
    expect(await look(automation)).toEqual({ kind: 'nothing-new' });
    await deliver('New', { subject: 'Orçamento nº 7', html: '<p>Olá</p>', messageId: '<one@example.com>' });
    await deliver('New', { subject: 'two' });
    const items = await itemsOf(automation, await look(automation));
    expect(subjects(items)).toEqual(['Orçamento nº 7', 'two']);
    expect(items[0]).toMatchObject({
      json: {
        ...{ from: { name: 'Ana', address: 'ana@example.com' }, to: [{ address: 'inbox@example.com' }] },
        ...{ text: expect.stringContaining('x'), html: expect.stringContaining('<p>Olá</p>') },
        ...{ messageId: '<one@example.com>', imap: { mailbox: 'New', uid: 2 } },
      },
    });
    expect(await look(automation)).toEqual({ kind: 'nothing-new' });
    expect(await flagsIn('New')).toEqual([
      ['old', false],
      ['Orçamento nº 7', false],
      ['two', false],
    ]);
  });

  it('is not lost, nor taken twice, when the worker dies before the run is started or the mail marked', async () => {
    const automation = await watch('Killed', { afterwards: 'seen' });
    await look(automation);
    await deliver('Killed', { subject: 'once' });
    await expect(look(automation, asker(new Client({ connection: away })))).rejects.toThrow();
    expect((await cursorOf(automation))?.pending).toHaveLength(1);
    expect(await flagsIn('Killed')).toEqual([['once', false]]);
    // The next look starts the run of what was found, and finds nothing more.
    expect(await look(automation)).toEqual({ kind: 'nothing-new' });
    expect(await flagsIn('Killed')).toEqual([['once', true]]);
    await writer.flush();
    const { items } = await db.inWorkspace(workspace, ({ runs }) => runs.list({ automation }, { limit: 10 }));
    expect(items).toMatchObject([{ trigger: 'poll' }]);
  });

  it('is taken once and no old mail with it, though the server numbers anew', async () => {
    const automation = await watch('Moved');
    await deliver('Moved', { subject: 'old', date: new Date('2026-01-01') });
    await look(automation);
    await deliver('Moved', { subject: 'known', messageId: '<known@example.com>' });
    expect(await look(automation)).toMatchObject({ kind: 'new', items: 1 });
    await reader.mailboxDelete('Moved');
    await reader.mailboxCreate('Moved');
    const mail = (subject: string) => ({ subject, messageId: `<${subject}@example.com>` });
    const old = await new MailComposer({ ...mail('old'), from: 'a@b.example' }).compile().build();
    await deliver('Moved', mail('fresh'));
    await deliver('Moved', mail('known'));
    await reader.append('Moved', old, [], new Date('2026-01-01'));
    expect(subjects(await itemsOf(automation, await look(automation)))).toEqual(['fresh']);
    expect(await look(automation)).toEqual({ kind: 'nothing-new' });
    await deliver('Moved', mail('last'));
    expect(subjects(await itemsOf(automation, await look(automation)))).toEqual(['last']);
  });

  it('gives attachments as files, of any size that files may have, and says what it left out', async () => {
    const automation = await watch('Files');
    await look(automation);
    const bytes = Buffer.from(Array.from({ length: 1_000_000 }, (_, n) => n % 251));
    await deliver('Files', {
      subject: 'large',
      attachments: [
        { filename: 'ação.bin', content: bytes, contentType: 'application/x-data' },
        { filename: 'huge.bin', content: Buffer.alloc(mostBytes + 1) },
        { filename: '../../etc/notes.txt', content: 'olá' },
      ],
    });
    const [item] = await itemsOf(automation, await look(automation));
    expect(item).toMatchObject({
      json: { subject: 'large', attachmentsLeftOut: 1 },
      binary: {
        attachment_0: { fileName: 'ação.bin', mimeType: 'application/x-data', bytes: bytes.length },
        attachment_2: { fileName: 'notes.txt', bytes: 4 },
      },
    });
    expect(JSON.stringify(item).length).toBeLessThan(3_000);
    expect((await buffer(await store.get(item!.binary!.attachment_0!.key))).equals(bytes)).toBe(true);
  }, 60_000);

  it('takes unread mail only, and moves what it took', async () => {
    const automation = await watch('Unread', { take: 'unread', afterwards: 'move', moveTo: 'Done' });
    await look(automation);
    await deliver('Unread', { subject: 'read' }, ['\\Seen']);
    await deliver('Unread', { subject: 'unread' });
    // What can't be moved is a failure that is shown, and the run is not started twice.
    expect(await look(automation)).toMatchObject({ kind: 'failed', failure: { code: 'mailbox-not-found' } });
    await reader.mailboxCreate('Done');
    await db.sql.query('update trigger_cursors set rest_until = now() where automation = $1', [automation]);
    expect(await look(automation)).toEqual({ kind: 'nothing-new' });
    expect(await flagsIn('Unread')).toEqual([['read', true]]);
    expect(await flagsIn('Done')).toEqual([['unread', false]]);
    await writer.flush();
    const { items } = await db.inWorkspace(workspace, ({ runs }) => runs.list({ automation }, { limit: 10 }));
    expect(items).toHaveLength(1);
  });

  it('says plainly what is wrong, and never the password', async () => {
    const failed = async (automation: string) => {
      const result = await look(automation);
      expect(JSON.stringify(result)).not.toContain('wr0ng-pass');
      return result.kind === 'failed' ? result.failure : result;
    };
    const wrong = await watch('Wrong', { credential: await credential({ password: 'wr0ng-pass' }) });
    expect(await failed(wrong)).toMatchObject({ code: 'mail-sign-in-refused', hint: expect.any(String) });
    expect(await failed(await watch('nowhere'))).toMatchObject({ code: 'mailbox-not-found' });
    const gone = await watch('Gone', { credential: await credential({ port: 1 }) });
    expect(await failed(gone)).toMatchObject({ code: 'mail-server-unreachable' });
    const inside = await watch('Inside', { credential: await credential({ host: '10.0.0.1' }) });
    expect(await failed(inside)).toMatchObject({ code: 'address-blocked' });
  });

  it('has a credential that can be tried', async () => {
    expect(await probeImap(guard, values())).toMatchObject({ passed: true });
    const refused = await probeImap(guard, values({ password: 'wr0ng-pass' }));
    expect(refused).toMatchObject({
      passed: false,
      says: { en: expect.stringContaining('refused'), pt: expect.stringContaining('recusou') },
    });
  });
});
