import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Secret, TOTP } from 'otpauth';
import { hashPassword } from '../auth/password.ts';
import { type Browser, createBrowser } from '../testing/browser.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

let api: TestApi;
const password = 'password of a person';

beforeAll(async () => {
  api = await startTestApi({ env: { HIVIEX_RATE_LIMITS: 'off' } });
});
afterAll(() => api.close());

const url = (path: string) => `${api.url}/api/v1${path}`;

async function person(name: string, passwordHash: string | null = null) {
  const email = `${name}@example.com`;
  const { id } = (await api.db.asSystem(async ({ accounts }) =>
    accounts.createUser({
      email,
      name,
      passwordHash: passwordHash ?? (await hashPassword(password)),
      emailVerified: true,
    }),
  ))!;
  return { id, email };
}

async function signIn(email: string, browser = createBrowser()): Promise<Browser> {
  expect((await browser.ask('POST', url('/session'), { email, password })).status).toBe(201);
  return browser;
}

/** A step ahead is right too; and what is asked for is never the past, however slow this machine is. */
function codeOf(secret: string, stepsAhead = 0): string {
  const timestamp = Date.now() + stepsAhead * 30_000;
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp });
}

async function turnOn(name: string) {
  const user = await person(name);
  const browser = await signIn(user.email);
  const { body: setup } = await browser.ask('POST', url('/account/second-factor'), { password });
  const { body } = await browser.ask('POST', url('/account/second-factor/confirm'), {
    code: codeOf(setup.secret),
  });
  return { ...user, browser, secret: setup.secret as string, codes: body.codes as string[] };
}

/** As if a minute had passed. */
const laterOn = (id: string) =>
  api.db.sql.query('update users set totp_last_step = totp_last_step - 2 where id = $1', [id]);
const wrongCode = { status: 403, body: { code: 'wrong-code' } };

describe('the second factor', () => {
  it('is set up with the password and a first code, and shows its secrets once', async () => {
    const { id, email } = await person('ana');
    const [browser, other] = [await signIn(email), await signIn(email)];
    const begin = (body: object) => browser.ask('POST', url('/account/second-factor'), body);
    expect(await begin({})).toMatchObject({ status: 403, body: { code: 'confirm-it-is-you' } });
    expect(
      (await browser.ask('POST', url('/account/second-factor/confirm'), { code: '123456' })).body.code,
    ).toBe('no-second-factor');
    const { status, body: setup } = await begin({ password });
    expect(status).toBe(201);
    expect(setup.url).toMatch(/^otpauth:\/\/totp\/Hiviex:ana%40example\.com\?issuer=Hiviex&secret=/);
    expect((await browser.ask('GET', url('/account'))).body.user.secondFactor).toBe(false);

    const wrong = codeOf(setup.secret) === '000000' ? '111111' : '000000';
    expect(await browser.ask('POST', url('/account/second-factor/confirm'), { code: wrong })).toMatchObject(
      wrongCode,
    );
    const { body } = await browser.ask('POST', url('/account/second-factor/confirm'), {
      code: codeOf(setup.secret),
    });
    expect(new Set(body.codes).size).toBe(10);
    expect(body.codes[0]).toMatch(/^([a-z1-9]{4}-){3}[a-z1-9]{4}$/);
    expect((await browser.ask('GET', url('/account'))).body.user.secondFactor).toBe(true);
    expect((await other.ask('GET', url('/account'))).status).toBe(401);
    expect(await begin({ password })).toMatchObject({ status: 409, body: { code: 'second-factor-set' } });

    const stored = JSON.stringify([
      await api.db.sql.query('select * from users where id = $1', [id]),
      await api.db.sql.query('select * from recovery_codes where "user" = $1', [id]),
      await api.db.sql.query('select * from audit_events where actor = $1', [id]),
      api.logged,
    ]);
    for (const secret of [setup.secret, ...body.codes]) expect(stored).not.toContain(secret);
  });

  it('is asked for at sign-in, and until then the session opens nothing', async () => {
    const { email, secret } = await turnOn('bia');
    const browser = createBrowser();
    const answer = await browser.ask('POST', url('/session'), { email, password });
    const nothing = { secondFactorDue: true, workspaces: [], actions: [] };
    expect(answer).toMatchObject({ status: 201, body: nothing });
    expect((await browser.ask('GET', url('/account'))).body).toEqual(nothing);
    expect((await browser.ask('GET', url('/automations'))).status).toBe(401);
    expect((await browser.ask('GET', url('/account/sessions'))).status).toBe(401);
    expect(
      (
        await browser.ask('PUT', url('/account/password'), {
          current: password,
          password: 'another one here',
        })
      ).status,
    ).toBe(401);

    const due = browser.cookies(api.url).get('hiviex_session')!;
    expect(await browser.ask('POST', url('/session/second-factor'), { code: '000 000' })).toMatchObject(
      wrongCode,
    );
    const given = await browser.ask('POST', url('/session/second-factor'), { code: codeOf(secret, 1) });
    expect(given).toMatchObject({ status: 200, body: { secondFactorDue: false, user: { email } } });
    expect(browser.cookies(api.url).get('hiviex_session')).not.toBe(due);
    expect((await browser.ask('GET', url('/account/sessions'))).status).toBe(200);
    const former = await api.call('GET', '/api/v1/account', undefined, { cookie: `hiviex_session=${due}` });
    expect(former.status).toBe(401);
    expect((await browser.ask('POST', url('/session/second-factor'), { code: '123456' })).status).toBe(403);
  });

  it('takes each code once, also when it comes twice at once', async () => {
    const { email, secret, codes } = await turnOn('carla');
    const give = async (code: string) => {
      const browser = await signIn(email);
      return (await browser.ask('POST', url('/session/second-factor'), { code })).status;
    };
    const code = codeOf(secret, 1);
    expect((await Promise.all([give(code), give(code)])).toSorted()).toEqual([200, 403]);
    expect(await give(codeOf(secret))).toBe(403);
    expect(await give(codes[3]!.toUpperCase().replaceAll('-', ' '))).toBe(200);
    expect(await give(codes[3]!)).toBe(403);
  });

  it('counts wrong codes with wrong passwords, which a right password does not forget', async () => {
    const { id, email, secret, codes } = await turnOn('dora');
    await laterOn(id);
    const tries = async (browser: Browser, times: number) => {
      for (let wrong = 0; wrong < times; wrong += 1)
        expect(
          await browser.ask('POST', url('/session/second-factor'), { code: 'not-a-code' }),
        ).toMatchObject(wrongCode);
    };
    await tries(await signIn(email), 4);
    const browser = await signIn(email);
    const waiting = await signIn(email);
    await tries(browser, 1);
    expect((await browser.ask('GET', url('/account'))).status).toBe(401);
    const refused = await createBrowser().ask('POST', url('/session'), { email, password });
    expect(refused).toMatchObject({ status: 401, body: { code: 'wrong-password' } });
    expect(await waiting.ask('POST', url('/session/second-factor'), { code: codeOf(secret) })).toMatchObject(
      wrongCode,
    );
    expect((await waiting.ask('GET', url('/account'))).status).toBe(401);

    await api.db.sql.query(`update users set locked_until = now() - interval '1 second' where id = $1`, [id]);
    const late = await signIn(email);
    expect((await late.ask('POST', url('/session/second-factor'), { code: codes[0] })).status).toBe(200);
    const [row] = await api.db.sql.query('select failed_sign_ins, locked_until from users where id = $1', [
      id,
    ]);
    expect(row).toEqual({ failed_sign_ins: 0, locked_until: null });
  });

  it('sent as a thousand guesses at once is checked five times', async () => {
    const { id, email } = await turnOn('eva');
    const browser = await signIn(email);
    const guesses = await Promise.all(
      Array.from({ length: 20 }, () =>
        browser.ask('POST', url('/session/second-factor'), { code: 'not-a-code' }),
      ),
    );
    expect(guesses.every(({ status }) => status === 403 || status === 401)).toBe(true);
    const [row] = await api.db.sql.query<{ count: number }>(
      'select failed_sign_ins as count from users where id = $1',
      [id],
    );
    expect(row?.count).toBe(5);
  });

  it('is turned off, and its recovery codes renewed, with the password', async () => {
    const { browser, email, codes } = await turnOn('flora');
    const renew = (body: object) => browser.ask('POST', url('/account/second-factor/recovery-codes'), body);
    expect((await renew({ password: 'wrong' })).status).toBe(403);
    const { body } = await renew({ password });
    expect(body.codes).toHaveLength(10);
    const late = await signIn(email);
    expect(await late.ask('POST', url('/session/second-factor'), { code: codes[0] })).toMatchObject(
      wrongCode,
    );
    expect((await late.ask('POST', url('/session/second-factor'), { code: body.codes[0] })).status).toBe(200);

    const turnOff = (given: object) => browser.ask('DELETE', url('/account/second-factor'), given);
    expect(await turnOff({})).toMatchObject({ status: 403, body: { code: 'confirm-it-is-you' } });
    expect((await turnOff({ password })).status).toBe(204);
    expect(await turnOff({ password })).toMatchObject({ status: 409, body: { code: 'no-second-factor' } });
    expect(
      (await createBrowser().ask('POST', url('/session'), { email, password })).body.secondFactorDue,
    ).toBe(false);
  });
});
