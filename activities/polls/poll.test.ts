/** Polls of real addresses, with runs on a real server: each entry comes once, whatever dies or is away. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { pino } from 'pino';
import { ulid } from 'ulid';
import { graphOf, node } from '../../api/testing/graphs.ts';
import { startTestTemporal, type TestTemporal } from '../../api/testing/test-temporal.ts';
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
import { createCredentialValues } from '../credentials/credential-values.ts';
import { createHttpRequestEffect } from '../http/http-request.ts';
import { activityContext, startServer, type TestServer } from '../testing.ts';
import { createAskForNew } from './ask-for-new.ts';
import type { PollResult } from './poll.ts';

let temporal: TestTemporal;
let db: Database;
let writer: RunWriter;
let workspace: string;
let server: TestServer;
const guard = createGuard({ allow: '127.0.0.1' });
const away = Connection.lazy({ address: '127.0.0.1:1', connectTimeout: 200, interceptors: [] });
const log = pino({ level: 'silent' });

/** What the server answers, and what it was asked. */
let answer: { status?: number; headers?: Record<string, string>; body: unknown };
let asked: { url: string; headers: NodeJS.Dict<string | string[]> }[];

beforeAll(async () => {
  temporal = await startTestTemporal();
  db = await openDatabase({ dataDir: 'memory://' });
  await db.migrate();
  workspace = await createWorkspace(db);
  writer = createRunWriter({ db, bus: createLocalBus() });
  server = await startServer((request, response) => {
    asked.push({ url: request.url ?? '', headers: request.headers });
    const { status = 200, headers = {}, body } = answer;
    const known = headers.etag !== undefined && request.headers['if-none-match'] === headers.etag;
    response.writeHead(known ? 304 : status, { 'content-type': 'application/json', ...headers });
    response.end(known ? undefined : typeof body === 'string' ? body : JSON.stringify(body));
  });
}, 180_000);
afterAll(async () => {
  await server.close();
  await guard.close();
  await away.close();
  await writer.close();
  await db.close();
  await temporal.close();
});
beforeEach(() => {
  asked = [];
});

type Trigger = Parameters<typeof graphOf>[0];

async function publish(trigger: Trigger, known?: string): Promise<string> {
  return await db.inWorkspace(workspace, async ({ automations }) => {
    const graph = graphOf(trigger);
    const id = known ?? (await automations.create({ name: 'Poll', description: '', draft: graph })).id;
    await automations.publish(id, { graph, webhooks: [] });
    return id;
  });
}

const poller = (client: Client = temporal.client) =>
  createAskForNew(
    {
      ...{ runs: { db, writer, temporal: client, eagerStart: false }, log, guard },
      credentialValues: createCredentialValues(db),
    },
    createHttpRequestEffect({
      maxResultBytes: 1_000_000,
      guard,
      credentials: async () => Promise.reject(new Error('none')),
    }),
  );

const poll = (automation: string, ask = poller()) =>
  activityContext().run(ask, { workspace, automation, node: 'ask' }) as Promise<PollResult>;

const cursorOf = (automation: string) =>
  db.inWorkspace(workspace, ({ triggerCursors }) => triggerCursors.get({ automation, node: 'ask' }));

/** What the run of a poll began with, as Temporal has it. */
async function itemsOf(automation: string, result: PollResult): Promise<unknown[]> {
  if (result.kind !== 'new') throw new Error(JSON.stringify(result));
  const handle = temporal.client.workflow.getHandle(workflowIdOf({ workspace, automation, run: result.run }));
  const history = await handle.fetchHistory();
  const payload = history.events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads?.[0]?.data;
  return JSON.parse(Buffer.from(payload!).toString()).items.map(({ json }: { json: unknown }) => json);
}

async function startedRuns(automation: string): Promise<number> {
  await writer.flush();
  const { items } = await db.inWorkspace(workspace, ({ runs }) => runs.list({ automation }, { limit: 100 }));
  return items.length;
}

const api = (parameters: Record<string, unknown> = {}, path = ulid()) =>
  node('poll-trigger', { url: `${server.origin}/${path}`, ...parameters } as never, 'ask');
const entries = (...ids: number[]) => ({ body: ids.map((id) => ({ id, at: `2026-01-0${id}` })) });

describe('A poll', () => {
  it('remembers what is there first, and starts one run with all that is new then', async () => {
    const automation = await publish(api());
    answer = entries(1);
    expect(await poll(automation)).toEqual({ kind: 'first' });
    expect(await poll(automation)).toEqual({ kind: 'nothing-new' });
    answer = entries(3, 2, 1);
    const found = await poll(automation);
    expect(await itemsOf(automation, found)).toEqual([
      { id: 3, at: '2026-01-03' },
      { id: 2, at: '2026-01-02' },
    ]);
    expect(await poll(automation)).toEqual({ kind: 'nothing-new' });
    expect(await startedRuns(automation)).toBe(1);
  });

  it('that dies before its run is started leaves it to the next one, which starts it once', async () => {
    const automation = await publish(api());
    answer = entries(1);
    await poll(automation);
    answer = entries(1, 2);
    await expect(poll(automation, poller(new Client({ connection: away })))).rejects.toThrow();
    expect(await cursorOf(automation)).toMatchObject({ batch: 1, pending: [{ json: { id: 2 } }] });
    answer = entries(1, 2, 3);
    const next = await poll(automation);
    expect(await itemsOf(automation, next)).toMatchObject([{ id: 3 }]);
    expect(await startedRuns(automation)).toBe(2);
    // As if it had died after the start: the same batch again is the same run.
    await db.sql.query(
      `update trigger_cursors set pending = '[{"json":{"id":3}}]'::jsonb where automation = $1`,
      [automation],
    );
    expect(await poll(automation)).toEqual({ kind: 'nothing-new' });
    expect(await startedRuns(automation)).toBe(2);
  }, 60_000);

  it('beside another one finds nothing that is found already', async () => {
    const automation = await publish(api());
    answer = entries(1);
    await poll(automation);
    answer = entries(1, 2);
    const kinds = (await Promise.all([poll(automation), poll(automation), poll(automation)])).map(
      ({ kind }) => kind,
    );
    expect(kinds.filter((kind) => kind === 'new')).toHaveLength(1);
    expect(await startedRuns(automation)).toBe(1);
  });

  it('that is refused says why, rests, and goes on where it was', async () => {
    const automation = await publish(api());
    answer = entries(1);
    await poll(automation);
    answer = { status: 500, body: { sorry: true } };
    expect(await poll(automation)).toMatchObject({ kind: 'failed', failure: { hint: expect.any(String) } });
    const cursor = await cursorOf(automation);
    expect(cursor).toMatchObject({ failures: 1, failure: { code: expect.any(String) } });
    answer = entries(1, 2);
    expect(await poll(automation)).toEqual({ kind: 'resting' });
    await db.sql.query('update trigger_cursors set rest_until = now() where automation = $1', [automation]);
    expect(await poll(automation)).toMatchObject({ kind: 'new', items: 1 });
    expect(await cursorOf(automation)).toMatchObject({ failures: 0 });
    expect((await cursorOf(automation))?.failure).toBeUndefined();
  });

  it('sends along the greatest that it has seen', async () => {
    const automation = await publish(api({ cursor: 'at', cursorParameter: 'since' }));
    answer = entries(2, 1);
    await poll(automation);
    answer = entries(3);
    await poll(automation);
    await poll(automation);
    expect(asked.map(({ url }) => url.split('?')[1])).toEqual([
      undefined,
      'since=2026-01-02',
      'since=2026-01-03',
    ]);
  });

  it('finds the list where it is, and begins anew at another address', async () => {
    const automation = await publish(api({ list: 'data.orders', id: '' }));
    answer = { body: { data: { orders: [{ total: 1 }] } } };
    expect(await poll(automation)).toEqual({ kind: 'first' });
    answer = { body: { data: { orders: [{ total: 2 }] } } };
    expect(await poll(automation)).toMatchObject({ kind: 'new' });
    answer = { body: { data: {} } };
    expect(await poll(automation)).toMatchObject({ kind: 'failed', failure: { code: 'poll-no-list' } });
    await publish(api({ list: 'data.orders' }), automation);
    await db.sql.query('update trigger_cursors set rest_until = null where automation = $1', [automation]);
    answer = { body: { data: { orders: [{ id: 7 }] } } };
    expect(await poll(automation)).toEqual({ kind: 'first' });
  });

  it('ends with the automation', async () => {
    const automation = await publish(api());
    await db.inWorkspace(workspace, ({ automations }) => automations.unpublish(automation));
    expect(await poll(automation)).toEqual({ kind: 'gone' });
    expect(asked).toEqual([]);
  });
});

describe('A feed', () => {
  const feed = (...titles: string[]) =>
    `<rss version="2.0"><channel><title>T</title><link>http://e.com</link>${titles
      .map(
        (title, day) =>
          `<item><guid>${title}</guid><title>${title}</title><pubDate>0${9 - day} Jan 2026 00:00:00 GMT</pubDate></item>`,
      )
      .join('')}</channel></rss>`;

  it('gives its new entries, the oldest first, and is not read when nothing changed', async () => {
    const automation = await publish(node('rss-trigger', { url: `${server.origin}/feed` }, 'ask'));
    const headers = { 'content-type': 'application/rss+xml', etag: '"1"' };
    answer = { headers, body: feed('a') };
    expect(await poll(automation)).toEqual({ kind: 'first' });
    expect(await poll(automation)).toEqual({ kind: 'nothing-new' });
    expect(asked.at(-1)?.headers['if-none-match']).toBe('"1"');
    answer = { headers: { ...headers, etag: '"2"' }, body: feed('c', 'b', 'a') };
    expect(await itemsOf(automation, await poll(automation))).toMatchObject([{ title: 'b' }, { title: 'c' }]);
    answer = { headers: { 'content-type': 'text/html' }, body: '<html></html>' };
    expect(await poll(automation)).toMatchObject({ kind: 'failed', failure: { code: 'no-feed' } });
  });
});
