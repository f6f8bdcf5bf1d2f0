import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { BusMessage } from '../../contracts/bus.ts';
import { hashPassword } from '../auth/password.ts';
import { createBrowser } from '../testing/browser.ts';
import { owner, startTestApi, type TestApi } from '../testing/test-api.ts';

let api: TestApi;
let ended: string[];

beforeAll(async () => {
  api = await startTestApi({
    env: {
      HIVIEX_OWNER_EMAIL: owner.email,
      HIVIEX_OWNER_PASSWORD: owner.password,
      HIVIEX_RATE_LIMITS: 'off',
    },
  });
  ended = [];
  api.bus.subscribe((message: BusMessage) => {
    if (message.kind === 'credentials.ended') ended.push(...message.sessions);
  });
});
afterAll(() => api.close());

const session = () => `${api.url}/api/v1/session`;
const account = () => `${api.url}/api/v1/account`;

async function signedIn(credentials = owner, agent?: string) {
  const browser = createBrowser(agent);
  expect((await browser.ask('POST', session(), credentials)).status).toBe(201);
  return browser;
}

async function userCalled(email: string): Promise<{ email: string; password: string; id: string }> {
  const password = 'password of a person';
  const { id } = (await api.db.asSystem(async ({ accounts }) =>
    accounts.createUser({
      email,
      name: email,
      passwordHash: await hashPassword(password),
      emailVerified: true,
    }),
  ))!;
  return { email, password, id };
}

async function auditOf(user: string) {
  const rows = await api.db.sql.query<{ action: string; outcome: string; after: { reason?: string } | null }>(
    `select action, outcome, after from audit_events where actor = $1 or resource = $1 order by id`,
    [user],
  );
  return rows.map(({ action, outcome, after }) => [action, outcome, after?.reason].filter(Boolean).join(' '));
}

describe('signing in', () => {
  it('has a new token each time and ends the session that the browser had', async () => {
    const browser = createBrowser();
    browser.cookies(api.url).set('hiviex_session', 'planted-by-somebody-else');
    await browser.ask('POST', session(), owner);
    const first = browser.cookies(api.url).get('hiviex_session')!;
    expect(first).not.toBe('planted-by-somebody-else');
    await browser.ask('POST', session(), owner);
    const second = browser.cookies(api.url).get('hiviex_session')!;
    expect(second).not.toBe(first);
    for (const token of [first, 'planted-by-somebody-else']) {
      const answer = await api.call('GET', '/api/v1/account', undefined, {
        cookie: `hiviex_session=${token}`,
      });
      expect(answer.status).toBe(401);
    }
  });

  it('answers a person who is in no workspace, and lets them at nothing of one', async () => {
    const browser = await signedIn(await userCalled('alone@example.com'));
    expect(await browser.ask('GET', account())).toMatchObject({
      status: 200,
      body: { secondFactorDue: false, user: { email: 'alone@example.com' }, workspaces: [], actions: [] },
    });
    expect(await browser.ask('GET', `${api.url}/api/v1/automations`)).toMatchObject({
      status: 403,
      body: { code: 'no-workspace' },
    });
  });

  it('answers every refusal alike', async () => {
    const known = await userCalled('known@example.com');
    const disabled = await userCalled('disabled@example.com');
    await api.db.sql.query('update users set disabled_at = now() where id = $1', [disabled.id]);
    const unverified = await userCalled('unverified@example.com');
    await api.db.sql.query('update users set email_verified_at = null where id = $1', [unverified.id]);
    const noPassword = await userCalled('no-password@example.com');
    await api.db.sql.query('update users set password_hash = null where id = $1', [noPassword.id]);

    const tries = [
      { email: 'unheard@example.com', password: known.password },
      { email: known.email, password: 'wrong password' },
      disabled,
      unverified,
      noPassword,
    ];
    const answers = [];
    for (const { email, password } of tries) {
      const { status, body, headers } = await createBrowser().ask('POST', session(), { email, password });
      answers.push({ status, body, cookie: headers.get('set-cookie') });
    }
    expect(answers[0]).toMatchObject({ status: 401, cookie: null, body: { code: 'wrong-password' } });
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(await auditOf(disabled.id)).toEqual(['session.refused refused disabled']);
    expect(await auditOf(unverified.id)).toEqual(['session.refused refused unverified']);
  });
});

describe('wrong passwords', () => {
  const attempt = async (email: string, password: string) =>
    (await createBrowser().ask('POST', session(), { email, password })).status;
  const locked = async (id: string) => {
    const [row] = await api.db.sql.query<{ seconds: number }>(
      'select round(extract(epoch from locked_until - now()))::int as seconds from users where id = $1',
      [id],
    );
    return row?.seconds ?? 0;
  };
  const afterTheLock = (id: string) =>
    api.db.sql.query(`update users set locked_until = now() - interval '1 second' where id = $1`, [id]);

  it('lock after five in a row, then for twice as long each time, and tries meanwhile do not prolong it', async () => {
    const { email, password, id } = await userCalled('eva@example.com');
    for (let wrong = 0; wrong < 4; wrong += 1) await attempt(email, 'wrong');
    expect(await attempt(email, password)).toBe(201);

    for (let wrong = 0; wrong < 5; wrong += 1) expect(await attempt(email, 'wrong')).toBe(401);
    expect(await locked(id)).toBeGreaterThan(50);
    expect(await locked(id)).toBeLessThanOrEqual(60);
    expect(await attempt(email, password)).toBe(401);
    expect(await attempt(email, 'wrong')).toBe(401);
    expect(await locked(id)).toBeLessThanOrEqual(60);

    await afterTheLock(id);
    await attempt(email, 'wrong');
    expect(await locked(id)).toBeGreaterThan(110);
    for (let more = 0; more < 9; more += 1) {
      await afterTheLock(id);
      await attempt(email, 'wrong');
    }
    expect(await locked(id)).toBeGreaterThan(3_590);
    expect(await locked(id)).toBeLessThanOrEqual(3_600);

    await afterTheLock(id);
    expect(await attempt(email, password)).toBe(201);
    await attempt(email, 'wrong');
    expect(await attempt(email, password)).toBe(201);
    expect(await auditOf(id)).toEqual(
      expect.arrayContaining([
        'session.opened done',
        'session.refused refused wrong',
        'session.refused refused wrong-and-locked',
        'session.refused refused locked',
      ]),
    );
  });

  it('sent all at once are no more guesses than one by one', async () => {
    const { email, password, id } = await userCalled('flora@example.com');
    await Promise.all(Array.from({ length: 12 }, () => attempt(email, 'wrong')));
    const [row] = await api.db.sql.query<{ count: number }>(
      'select failed_sign_ins as count from users where id = $1',
      [id],
    );
    expect(row?.count).toBe(5);
    expect(await attempt(email, password)).toBe(401);
  });
});

describe('sessions', () => {
  afterEach(() => {
    ended.length = 0;
  });

  it('are listed with device, address and method, and say which one asks', async () => {
    const person = await userCalled('gil@example.com');
    await signedIn(person, 'curl/8.5.0');
    const browser = await signedIn(person);
    const { body } = await browser.ask('GET', `${account()}/sessions`);
    expect(body.items).toHaveLength(2);
    expect(body.items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          current: true,
          device: 'Firefox · Linux',
          ip: '127.0.0.1',
          method: 'password',
        }),
        expect.objectContaining({ current: false, device: 'curl' }),
      ]),
    );
  });

  it('end one by one, all others, or with a sign-out: refused at once, and everybody is told', async () => {
    const person = await userCalled('hana@example.com');
    const [one, two, three, here] = await Promise.all(Array.from({ length: 4 }, () => signedIn(person)));
    const idOf = async (browser = here!) =>
      (await browser.ask('GET', `${account()}/sessions`)).body.items.find(
        (entry: { current: boolean }) => entry.current,
      ).id;
    const [first, second, third] = [await idOf(one), await idOf(two), await idOf(three)];

    expect((await here!.ask('DELETE', `${account()}/sessions/${first}`)).status).toBe(204);
    expect((await one!.ask('GET', account())).status).toBe(401);
    expect(ended).toEqual([first]);
    expect((await here!.ask('DELETE', `${account()}/sessions`)).status).toBe(204);
    expect((await two!.ask('GET', account())).status).toBe(401);
    expect(ended.toSorted()).toEqual([first, second, third].toSorted());
    expect((await here!.ask('GET', account())).status).toBe(200);
    await here!.ask('DELETE', session());
    expect((await here!.ask('GET', account())).status).toBe(401);
    expect(ended).toHaveLength(4);
    expect((await auditOf(first)).filter((entry) => entry.startsWith('session.ended'))).toHaveLength(1);
  });

  it('of others look like none', async () => {
    const theirs = await signedIn();
    const { body } = await theirs.ask('GET', `${account()}/sessions`);
    const browser = await signedIn(await userCalled('ivo@example.com'));
    const foreign = await browser.ask('DELETE', `${account()}/sessions/${body.items[0].id}`);
    const absent = await browser.ask('DELETE', `${account()}/sessions/01HZZZZZZZZZZZZZZZZZZZZZZZ`);
    expect(foreign).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect(absent.body).toEqual(foreign.body);
    expect((await theirs.ask('GET', account())).status).toBe(200);
  });

  it('end when they were not seen for long, or are old', async () => {
    const person = await userCalled('jan@example.com');
    const [idle, old] = [await signedIn(person), await signedIn(person)];
    const set = async (browser: typeof idle, column: string, value: string) => {
      const { body } = await browser.ask('GET', `${account()}/sessions`);
      const { id } = body.items.find((entry: { current: boolean }) => entry.current);
      await api.db.sql.query(`update sessions set ${column} = now() ${value} where id = $1`, [id]);
    };
    await set(idle, 'last_seen_at', `- interval '8 days'`);
    await set(old, 'expires_at', `- interval '1 second'`);
    expect((await idle.ask('GET', account())).status).toBe(401);
    expect((await old.ask('GET', account())).status).toBe(401);
  });

  it('are ended from our own pages only', async () => {
    const browser = await signedIn();
    const foreign = await browser.ask('DELETE', session(), undefined, { origin: 'https://evil.example' });
    expect(foreign).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect((await browser.ask('GET', account())).status).toBe(200);
    const login = await createBrowser().ask('POST', session(), owner, { 'sec-fetch-site': 'cross-site' });
    expect(login.status).toBe(403);
  });
});
