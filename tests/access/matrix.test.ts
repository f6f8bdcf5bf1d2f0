/**
 * The matrix: every operation of the OpenAPI document that the server serves × everybody who may knock × own, foreign and absent
 * ids, and the same for socket events.
 *
 * - nobody signed in: 401; a missing right: 403, alike for what is there and what is not
 * - what is absent and what is another workspace's: the same 404, to the byte
 * - what the policy allows on one's own is done, and the other workspace stays as it was to the row
 *
 * It knows no routes: one that is added is walked, or fails for want of a maker (`makers.ts`).
 */
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ulid } from 'ulid';
import { startTestApi, type TestApi } from '../../api/testing/test-api.ts';
import { startTestTemporal, type TestTemporal } from '../../api/testing/test-temporal.ts';
import { bodies } from './bodies.ts';
import { type Caller, callers, type Present, presentIn, verdictFor } from './callers.ts';
import { fingerprintOf } from './fingerprint.ts';
import { type Answer, knock } from './knock.ts';
import { makers, makeTarget, type Target } from './makers.ts';
import { type MatrixDatabase, openMatrixDatabase } from './matrix-database.ts';
import { type Document, fill, type Operation, operationsOf } from './operations.ts';
import { sample } from './sample.ts';
import { socketCases } from './socket-cases.ts';
import { addPerson, createTenant, type Person, type Tenant } from './tenants.ts';

let database: MatrixDatabase | undefined;
let api: TestApi;
let temporal: TestTemporal | undefined;
let document: Document;
let own: Tenant;
let foreign: Tenant;
let stranger: Person;
let before: string;

/** Cases at a time: each has its own people, and what it changes is there for it alone. */
const lanes = 6;

const tally = { routes: 0, cases: 0, failed: 0 };
/** A part that broke off has failed, whatever it counted until then. */
const unfinished = new Set(['operations', 'events', 'rows']);

beforeAll(async () => {
  temporal = process.env.HIVIEX_TEST_TEMPORAL_BINARY ? await startTestTemporal() : undefined;
  database = await openMatrixDatabase();
  api = await startTestApi({
    db: database.db,
    ...(temporal && { temporal: temporal.client }),
    env: { HIVIEX_RATE_LIMITS: 'off', HIVIEX_SIGN_UP: 'true' },
  });
  await temporal?.work(api.writer);
  document = (await api.call('GET', '/api/v1/openapi.json')).body;
  own = await createTenant(api, 'Own');
  foreign = await createTenant(api, 'Foreign');
  stranger = await addPerson(api, foreign, 'viewer');
  // What can't be made is told with each operation that needs it.
  for (const kind of new Set(operationsOf(document).flatMap(({ kinds }) => kinds)))
    await targetOf(foreign, stranger, kind).catch(() => undefined);
  before = await fingerprintOf(api, foreign.id);
}, 180_000);

afterAll(async () => {
  if (process.env.HIVIEX_MATRIX_RESULT)
    writeFileSync(
      process.env.HIVIEX_MATRIX_RESULT,
      `${JSON.stringify({ ...tally, failed: tally.failed + unfinished.size })}\n`,
    );
  await temporal?.close();
  await api?.close();
  await database?.close();
});

/** What is made once per tenant (or person) and kind, for all that must not or does not change it. */
const made = new Map<string, Promise<Target>>();

function targetOf(tenant: Tenant, person: Person, kind: string): Promise<Target> {
  const key = `${makers[kind]?.personal ? person.user : tenant.id} ${kind}`;
  const known = made.get(key) ?? makeTarget(api, { tenant, person }, kind);
  made.set(key, known);
  return known;
}

const absentOf = (kind: string) => makers[kind]?.absent ?? ulid();

async function bodyOf(operation: Operation, tenant: Tenant, person: Person): Promise<unknown> {
  if (!operation.body) return undefined;
  const more = await bodies[operation.name]?.({ api, tenant, person });
  // A sample is only needed for what the registry does not say.
  const small = sample(operation.body, document.components.schemas);
  return more ? { ...(small as object), ...more } : small;
}

/** What the query can't go without; the rest of it is left out. */
function queryOf({ query }: Operation): string {
  const said = Object.entries(query).map(([name, schema]): [string, string] => [
    name,
    String(sample(schema, document.components.schemas)),
  ]);
  return said.length > 0 ? `?${new URLSearchParams(said)}` : '';
}

async function ask(
  operation: Operation,
  ids: readonly string[],
  { person, headers }: Present,
  { tenant, more = {} }: { tenant: Tenant; more?: Record<string, string> },
): Promise<Answer> {
  tally.cases++;
  const body = await bodyOf(operation, tenant, person);
  return knock(api.url + fill(operation.path, ids) + queryOf(operation), operation.method, {
    headers: { ...headers, ...more },
    body,
  });
}

/** Codes that mean that the policy, or the eye of the beholder, refused what it should not have; or that nothing was proved. */
const refused =
  /^(unauthorized|forbidden|no-workspace|not-found|invalid-request|invalid-json|unsupported-body|internal)$/;

/** Everything one caller may find out by one operation. Returns what is wrong. */
async function casesOf(operation: Operation, caller: Caller): Promise<string[]> {
  const wrong: string[] = [];
  const check = (what: string, right: boolean, answer: Answer) => {
    if (right) return;
    wrong.push(`${operation.name} · ${caller.name} · ${what}: ${answer.status} ${answer.code}`);
  };
  const kind = operation.kinds.at(-1);
  // Who is in no workspace may ask for what is theirs in one, and is told that they are in none.
  const homeless = caller.kind === 'no-workspace';
  const verdict = verdictFor(caller, operation);
  const level = 'grant' in operation.access ? caller.level : undefined;
  // What is done is done to somebody who is only there for it.
  const changes = verdict === 'allowed' && operation.method !== 'GET';
  const tenant = changes ? await createTenant(api, 'Fresh') : own;
  const present = await presentIn(api, tenant, caller, operation);
  const target: Target = kind
    ? await (changes
        ? makeTarget(api, { tenant, person: present.person }, kind)
        : targetOf(tenant, present.person, kind))
    : { ids: [] };
  const { shared } = target;
  if (level && shared)
    await api.db.inWorkspace(tenant.id, ({ grants }) =>
      grants.put({ resource: shared, grantee: { type: 'user', id: present.person.user }, level }),
    );

  // What is not one's own comes first: what one owns may be gone afterwards.
  const elsewhere = verdictFor({ ...caller, level: undefined }, operation);
  for (const at of operation.kinds.keys()) {
    const maker = makers[operation.kinds[at]!];
    const theirs = await targetOf(foreign, stranger, kind!);
    const ids = (id: (at: number) => string) =>
      target.ids.map((mine, place) => (place < at ? mine : id(place)));
    const toForeign = await ask(
      operation,
      ids((place) => theirs.ids[place]!),
      present,
      { tenant },
    );
    const absent = operation.kinds.map((each) => absentOf(each));
    const toAbsent = await ask(
      operation,
      ids((place) => absent[place]!),
      present,
      { tenant },
    );
    // Below something of one's own the grant on that still counts.
    const expected = at > 0 ? verdict : elsewhere;
    const open = expected === 'allowed' && (maker?.chosen || homeless);
    if (operation.access.auth !== 'none' && !open) {
      const status = expected === 'allowed' ? 404 : expected;
      check(`foreign id (${operation.kinds[at]})`, toForeign.status === status, toForeign);
      check(`absent id (${operation.kinds[at]})`, toAbsent.status === status, toAbsent);
      check('foreign and absent differ', toForeign.likeness === toAbsent.likeness, toForeign);
    } else check('foreign and absent differ', toForeign.status === toAbsent.status, toForeign);
  }

  if (operation.access.auth === 'action' && caller.kind === 'session') {
    const header = (workspace: string) =>
      ask(operation, target.ids, present, { tenant, more: { 'hiviex-workspace': workspace } });
    const toForeign = await header(foreign.id);
    const toAbsent = await header(ulid());
    check('as another workspace', toForeign.status === 404, toForeign);
    check('another and no workspace differ', toForeign.likeness === toAbsent.likeness, toForeign);
  }

  const answer = await ask(operation, target.ids, present, { tenant });
  if (verdict === 'allowed') {
    const unreachable = answer.status === 503 && !temporal;
    const told = homeless && /^(no-workspace|not-found)$/.test(answer.code);
    check('own', (told || !refused.test(answer.code)) && (answer.status < 500 || unreachable), answer);
    if (answer.status >= 400) notes.add(`${operation.name}: ${answer.status} ${answer.code}`);
  } else {
    check(`own, not ${verdict}`, answer.status === verdict, answer);
    if (operation.kinds.length > 0) {
      const absent = await ask(
        operation,
        operation.kinds.map((each) => absentOf(each)),
        present,
        { tenant },
      );
      check('what is there and what is not differ', absent.likeness === answer.likeness, answer);
    }
  }
  return wrong;
}

/** Allowed, and then told why not: right for the policy, and worth a look. */
const notes = new Set<string>();

describe('the matrix', () => {
  it('walks every operation', async () => {
    const operations = operationsOf(document);
    tally.routes += operations.length;
    const failures: string[] = [];
    const todo = operations.flatMap((operation) => callers.map((caller) => ({ operation, caller }))).values();
    const lane = async () => {
      for (const { operation, caller } of todo)
        failures.push(
          ...(await casesOf(operation, caller).catch(({ message }: Error) => [
            `${operation.name} · ${caller.name}: ${message.slice(0, 120)}`,
          ])),
        );
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    tally.failed += failures.length;
    unfinished.delete('operations');
    if (process.env.HIVIEX_MATRIX_NOTES) process.stderr.write(`${[...notes].join('\n')}\n`);
    expect(failures).toEqual([]);
  }, 900_000);

  it('walks every socket event', async () => {
    // Made before the rows were counted.
    const { ids, shared } = await targetOf(foreign, stranger, '/runs/{}');
    const { ids: chats } = await targetOf(foreign, stranger, '/conversations/{}');
    const theirs = { run: ids[0]!, automation: shared!.id, conversation: chats[0]! };
    const { events, cases, failures } = await socketCases(api, { own, foreign, theirs });
    tally.routes += events;
    tally.cases += cases;
    tally.failed += failures.length;
    unfinished.delete('events');
    expect(failures).toEqual([]);
  }, 300_000);

  it('left the other workspace as it was', async () => {
    const after = await fingerprintOf(api, foreign.id);
    if (after !== before) tally.failed++;
    unfinished.delete('rows');
    expect(after).toBe(before);
  });
});
