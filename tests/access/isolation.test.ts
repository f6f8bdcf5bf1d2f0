/**
 * Canaries: texts that workspace A alone holds, in everything that a workspace can hold. B asks for all there is, by its own ids, by
 * A's, by ids of nothing and by searching, 200 requests at a time over two connections, and listens. No canary may come out: in no
 * answer, event or error, nor in a line of the log.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { io, type Socket } from 'socket.io-client';
import { ulid } from 'ulid';
import { graphOf, node } from '../../api/testing/graphs.ts';
import { startTestApi, type TestApi } from '../../api/testing/test-api.ts';
import type { ClientToServer, ServerToClient } from '../../contracts/api/sockets.ts';
import { describeDatabases } from '../../db/testing/describe-databases.ts';
import { runEvents, runHeader } from '../../db/testing/fixtures.ts';
import { makeTarget } from './makers.ts';
import { type Document, fill, type Operation, operationsOf } from './operations.ts';
import { sample } from './sample.ts';
import { addKey, addPerson, createTenant, type Person, type Tenant } from './tenants.ts';

/** Requests in flight. */
const atATime = 200;
/** What all canaries begin with: B may know it, and searches for it. */
const mark = 'Canary';

interface Answered {
  request: string;
  status: number;
  text: string;
}

describeDatabases(
  'workspaces',
  // A block of its own: its API is closed before the database under it.
  (database) =>
    describe('with canaries', () => {
      let api: TestApi;
      let a: Tenant;
      let b: Tenant;
      let document: Document;
      let operations: Operation[];
      /** The secret part of each: by what it was planted in. */
      const canaries = new Map<string, string>();
      const canary = (place: string) => {
        const text = `${mark}-${place}-${ulid()}`;
        canaries.set(place, text);
        return text;
      };
      const targetsOfA = new Map<string, string[]>();
      const targetsOfB = new Map<string, string[]>();
      let runOfA: ReturnType<typeof runHeader>;

      beforeAll(async () => {
        api = await startTestApi({
          db: database(),
          env: { HIVIEX_RATE_LIMITS: 'off', HIVIEX_API_KEY: `hvx_${ulid()}${ulid()}` },
        });
        document = (await api.call('GET', '/api/v1/openapi.json')).body;
        // Not whether the process is up: that says nothing of anybody, and here there is no Temporal to ask.
        operations = operationsOf(document).filter(({ path }) => path.startsWith('/api/'));
        a = await createTenant(api, canary('workspace'));
        b = await createTenant(api, 'Workspace of B');
        await plant();
        for (const kind of new Set(operations.flatMap(({ kinds }) => kinds))) {
          const person = await addPerson(api, a, 'viewer');
          targetsOfA.set(kind, (await makeTarget(api, { tenant: a, person }, kind)).ids);
          targetsOfB.set(kind, (await makeTarget(api, { tenant: b, person: b.owner }, kind)).ids);
        }
      }, 180_000);
      afterAll(() => api?.close());

      async function plant(): Promise<void> {
        const headers = { cookie: a.owner.cookie, 'idempotency-key': 'the-same-key' };
        const draft = graphOf(node('manual-trigger', { sample: `{"x":"${canary('draft')}"}` }));
        const made = await api.call(
          'POST',
          '/api/v1/automations',
          { name: canary('automation'), description: canary('description'), draft },
          headers,
        );
        expect(made.status).toBe(201);
        await addPerson(api, a, 'builder', { mark: canary('member') });
        const owner = { cookie: a.owner.cookie };
        const make = async (method: string, path: string, body: unknown) => {
          const { status, body: answer } = await api.call(method, `/api/v1${path}`, body, owner);
          if (status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
        };
        await make('POST', '/groups', { name: canary('group') });
        await make('POST', '/keys', { name: canary('key'), role: 'viewer' });
        await make('PUT', `/variables/V_${canary('variable').replaceAll('-', '_')}`, {
          value: canary('value'),
        });
        canaries.set('variable', canaries.get('variable')!.replaceAll('-', '_'));
        await make('POST', '/credentials', {
          name: canary('credential'),
          type: 'bearer',
          values: { token: canary('secret') },
        });
        runOfA = runHeader(a.id, { automation: made.body.id, startedAt: Date.now() });
        recordRunOfA(canary('item'), canary('failure'));
        await api.writer.flush();
        await api.db.asSystem(({ auditLog }) =>
          auditLog.append({
            action: 'automation.edit',
            outcome: 'done',
            workspace: a.id,
            actor: { type: 'user', id: a.owner.user, name: a.owner.name },
            after: { name: canary('audit') },
          }),
        );
      }

      function recordRunOfA(item: string, message: string): void {
        const [started, began] = runEvents(runOfA.startedAt, ['manual-trigger']);
        const at = runOfA.startedAt;
        const failure = { code: 'code.threw', message, node: 'manual-trigger' };
        api.writer.record(runOfA, [
          started!,
          began!,
          {
            type: 'step.finished',
            node: 'manual-trigger',
            index: 0,
            state: 'succeeded',
            attempts: 1,
            outputs: { main: [{ json: { item } }] },
            seq: 2,
            at,
          },
          { type: 'run.finished', state: 'failed', failure, seq: 3, at },
        ]);
      }

      async function send(method: string, path: string, headers: Record<string, string>, body?: unknown) {
        const response = await fetch(api.url + path, {
          method,
          redirect: 'manual',
          headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
          ...(body !== undefined && { body: JSON.stringify(body) }),
        });
        const text = `${[...response.headers].join('\n')}\n${await response.text()}`;
        return { request: `${method} ${path}`, status: response.status, text } satisfies Answered;
      }

      /** Canaries in the text, by where they were planted. */
      const found = (text: string) =>
        [...canaries].filter(([, value]) => text.includes(value)).map(([place]) => place);

      it('hold the canaries: who may see them does', async () => {
        const headers = { cookie: a.owner.cookie };
        const paths = [
          ...operations
            .filter(({ method, kinds }) => method === 'GET' && kinds.length === 0)
            .map(({ path }) => path),
          `/api/v1/automations/${runOfA.automation}`,
          `/api/v1/runs/${runOfA.run}`,
        ];
        let seen = '';
        for (const path of paths) seen += (await send('GET', path, headers)).text;
        const expected = [...canaries.keys()].filter((place) => place !== 'secret');
        expect(found(seen).toSorted()).toEqual(expected.toSorted());
      });

      it('tell none of them to another one, whatever it asks and hears', async () => {
        const people: Record<string, string>[] = [
          { cookie: b.owner.cookie },
          { cookie: (await addPerson(api, b, 'member')).cookie },
          { authorization: `Bearer ${(await addKey(api, b, { role: 'admin' })).key}` },
        ];
        const work: (() => Promise<Answered>)[] = [];
        for (const headers of people) {
          for (const { method, path, kinds, body: schema } of operations) {
            const kind = kinds.at(-1);
            const body = schema && sample(schema, document.components.schemas);
            if (method === 'GET')
              for (const query of ['', `?search=${mark}&limit=200`, `?cursor=${mark}`, `?action=${mark}`])
                work.push(() => send('GET', fill(path, targetsOfB.get(kind!) ?? []) + query, headers));
            if (!kind) continue;
            const ofA = targetsOfA.get(kind)!;
            const [mine] = targetsOfB.get(kind)!;
            const nothing = ofA.map(() => ulid());
            for (const ids of [ofA, nothing, [mine!, ...ofA.slice(1)]]) {
              // What is B's own is only read here: changing it is for the matrix.
              if (method !== 'GET' && ids[0] === mine && ids.length === 1) continue;
              work.push(() => send(method, fill(path, ids), headers, body));
            }
            work.push(() => send(method, fill(path, ofA), { ...headers, 'hiviex-workspace': a.id }, body));
          }
          const keyed = { ...headers, 'idempotency-key': 'the-same-key' };
          for (const [method, path, body] of bodiesThatName(a))
            work.push(() => send(method, `/api/v1${path}`, keyed, body));
        }

        const events: unknown[] = [];
        const socket: Socket<ServerToClient, ClientToServer> = io(api.url, {
          transports: ['websocket'],
          reconnection: false,
          extraHeaders: { cookie: b.owner.cookie },
        });
        await new Promise<void>((resolve, reject) => {
          socket.on('connect', resolve);
          socket.on('connect_error', reject);
        });
        socket.onAny((...event: unknown[]) => void events.push(event));

        const logged = api.logged.length;
        const answers: Answered[] = [];
        const queue = shuffled(work);
        const planted = [...canaries.values()].join(' ');
        await Promise.all(
          Array.from({ length: atATime }, async (_, lane) => {
            for (let next = queue.pop(); next; next = queue.pop()) {
              answers.push(await next());
              // Meanwhile A lives on, and B listens.
              if (lane % 20 !== 0) continue;
              recordRunOfA(planted, planted);
              api.bus.publish({ kind: 'automation.changed', workspace: a.id, automation: runOfA.automation });
              events.push(await socket.timeout(60_000).emitWithAck('run:watch', lane ? runOfA.run : ulid()));
            }
          }),
        );
        await socket.timeout(60_000).emitWithAck('run:unwatch', runOfA.run);
        socket.disconnect();

        expect(answers.length).toBe(work.length);
        expect(answers.length).toBeGreaterThan(500);
        const leaks = answers.filter(({ text }) => found(text).length > 0);
        expect(leaks.map(({ request, status, text }) => [request, status, found(text)])).toEqual([]);
        expect(found(JSON.stringify(events))).toEqual([]);
        expect(found(api.logged.slice(logged).join('\n'))).toEqual([]);
        expect(answers.filter(({ status }) => status === 500).map(({ request }) => request)).toEqual([]);
      }, 600_000);

      /** Bodies may name things too. */
      function bodiesThatName({ id, owner }: { id: string; owner: Person }): [string, string, unknown][] {
        const group = targetsOfA.get('/groups/{}')?.[0];
        const automation = targetsOfB.get('/automations/{}')?.[0];
        return [
          ['POST', '/account/workspace', { workspace: id }],
          ['POST', '/workspace/transfer', { user: owner.user }],
          ['POST', '/groups', { name: ulid(), members: [owner.user] }],
          [
            'PUT',
            `/automations/${automation}/grants`,
            { grantee: { type: 'user', id: owner.user }, level: 'use' },
          ],
          [
            'PUT',
            `/automations/${automation}/grants`,
            { grantee: { type: 'group', id: group }, level: 'use' },
          ],
          [
            'POST',
            '/credentials/test',
            { type: 'bearer', values: {}, id: targetsOfA.get('/credentials/{}')?.[0] },
          ],
          ['POST', '/automations', { name: 'The same key' }],
          ['GET', `/runs?automation=${runOfA.automation}`, undefined],
        ];
      }
    }),
  { pool: 2 },
);

/** In an order that is the same each time. */
function shuffled<T>(list: readonly T[]): T[] {
  let seed = 7;
  const random = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed;
  };
  return list
    .map((entry) => ({ entry, order: random() }))
    .sort((x, y) => x.order - y.order)
    .map(({ entry }) => entry);
}
