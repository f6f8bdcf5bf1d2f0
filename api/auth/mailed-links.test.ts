import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Browser, createBrowser } from '../testing/browser.ts';
import { eventually } from '../testing/eventually.ts';
import { behindButton, linkIn, type MailServer, startMailServer } from '../testing/mail-server.ts';
import { owner, startTestApi, type TestApi } from '../testing/test-api.ts';
import { hashPassword } from './password.ts';
import { hashToken } from './secrets.ts';

let mail: MailServer;
let api: TestApi;
const password = 'password of a person';

beforeAll(async () => {
  mail = await startMailServer();
  api = await startTestApi({
    env: {
      HIVIEX_OWNER_EMAIL: owner.email,
      HIVIEX_OWNER_PASSWORD: owner.password,
      HIVIEX_RATE_LIMITS: 'off',
      HIVIEX_SIGN_UP: 'true',
      SMTP_URL: mail.url,
    },
  });
});
afterAll(async () => {
  await api.close();
  await mail.close();
});

const url = (path: string) => `${api.url}/api/v1${path}`;
const post = (path: string, body: object, headers?: Record<string, string>, browser = createBrowser()) =>
  browser.ask('POST', url(path), body, headers);
const signIn = (email: string, given = password, browser = createBrowser()) =>
  post('/session', { email, password: given }, {}, browser);
const tokenIn = (link: string) => new URLSearchParams(new URL(link).hash.slice(1)).get('token')!;
const accountOf = (browser: Browser) => browser.ask('GET', url('/account'));
const linkOver = { status: 403, body: { code: 'link-over' } };

async function person(name: string) {
  const email = `${name}@example.com`;
  const { id } = (await api.db.asSystem(async ({ accounts }) =>
    accounts.createUser({ email, name, passwordHash: await hashPassword(password), emailVerified: true }),
  ))!;
  return { id, email };
}

const lock = (id: string) =>
  api.db.sql.query(
    `update users set failed_sign_ins = 9, locked_until = now() + interval '1 hour' where id = $1`,
    [id],
  );

describe('a magic link', () => {
  it('signs in once, in the language of who asked, and whatever lock is on the password', async () => {
    const { id, email } = await person('ana');
    await lock(id);
    const asked = await post('/session/magic-link', { email, to: '/runs' }, { 'accept-language': 'pt-BR' });
    expect(asked).toMatchObject({ status: 202, body: {} });
    const received = await mail.mailTo(email);
    expect(received.subject).toBe('Entrar no Hiviex');
    const mailed = linkIn(received);
    expect(new URL(mailed)).toMatchObject({ origin: api.url, pathname: '/sign-in/open', search: '' });
    const link = behindButton(mailed);

    const browser = createBrowser();
    const first = await browser.ask('GET', link);
    expect(first.headers.get('location')).toBe(`${api.url}/sign-in/second-factor?to=%2Fruns`);
    expect(await accountOf(browser)).toMatchObject({ status: 200, body: { user: { email } } });
    expect((await browser.ask('GET', url('/account/sessions'))).body.items[0].method).toBe('magic-link');
    expect((await signIn(email)).status).toBe(201);

    const second = createBrowser();
    const again = await second.ask('GET', link);
    expect(again.headers.get('location')).toContain('/sign-in?error=Verification');
    expect((await accountOf(second)).status).toBe(401);
    const [row] = await api.db.sql.query(
      `select outcome, after from audit_events where action = 'session.refused' order by id desc limit 1`,
    );
    expect(row).toEqual({ outcome: 'refused', after: { reason: 'Verification', method: 'magic-link' } });
  });

  it('is over when it is late, and opens no other address', async () => {
    const { email } = await person('bia');
    await post('/session/magic-link', { email });
    const link = new URL(behindButton(linkIn(await mail.mailTo(email))));
    const other = new URL(link);
    other.searchParams.set('email', owner.email);
    expect((await createBrowser().ask('GET', other.href)).headers.get('location')).toContain(
      'error=Verification',
    );

    await post('/session/magic-link', { email });
    const late = behindButton(linkIn(await mail.mailTo(email)));
    await api.db.sql.query(`update login_tokens set expires_at = now() - interval '1 second'`);
    expect((await createBrowser().ask('GET', late)).headers.get('location')).toContain('error=Verification');
  });

  it('leads to our own address, whatever Host the request had', async () => {
    const { email } = await person('carla');
    const body = JSON.stringify({ email });
    const { hostname, port } = new URL(api.url);
    const status = await new Promise((resolve, reject) => {
      const asking = httpRequest(
        {
          ...{ hostname, port, method: 'POST', path: '/api/v1/session/magic-link' },
          headers: {
            host: 'evil.example',
            'content-type': 'application/json',
            'content-length': body.length,
          },
        },
        (response) => resolve(response.resume().statusCode),
      );
      asking.on('error', reject).end(body);
    });
    expect(status).toBe(202);
    expect(new URL(linkIn(await mail.mailTo(email))).origin).toBe('http://localhost:3000');
  });

  it('goes to five, and then rests: nobody’s mailbox is filled', async () => {
    const { email } = await person('dora');
    for (let time = 0; time < 5; time += 1) {
      await post('/session/magic-link', { email });
      await mail.mailTo(email);
    }
    expect(await post('/session/magic-link', { email })).toMatchObject({ status: 202, body: {} });
    const { email: next } = await person('after-dora');
    await post('/session/magic-link', { email: next });
    await mail.mailTo(next);
    expect(mail.mails.filter(({ text }) => text?.includes('dora@'))).toEqual([]);
  });

  it('counts as mail by the door of Auth.js too', async () => {
    const limited = await startTestApi({ db: api.db, env: { HIVIEX_RATE_LIMITS: '{"mail":{"ip":2}}' } });
    const browser = createBrowser();
    const { body } = await browser.ask('GET', `${limited.url}/auth/csrf`);
    const ask = (email: string) => {
      const form = new URLSearchParams({ email, csrfToken: body.csrfToken });
      return browser.ask('POST', `${limited.url}/auth/signin/magic-link`, form);
    };
    for (const email of ['one@example.com', 'two@example.com']) expect((await ask(email)).status).toBe(302);
    expect(await ask('three@example.com')).toMatchObject({ status: 429, body: { code: 'rate-limited' } });
    await limited.close();
  });

  it('makes an account for a new address where sign-up is open', async () => {
    await post('/session/magic-link', { email: 'New@Example.com' });
    const browser = createBrowser();
    await browser.ask('GET', behindButton(linkIn(await mail.mailTo('new@example.com'))));
    expect((await accountOf(browser)).body).toMatchObject({
      user: { email: 'new@example.com', name: 'new', emailVerified: true, hasPassword: false },
      workspaces: [],
    });
    expect(
      (await browser.ask('PUT', url('/account/password'), { password: 'a first password' })).status,
    ).toBe(204);
    expect((await mail.mailTo('new@example.com')).subject).toBe('Your password was changed');
    expect((await signIn('new@example.com', 'a first password')).status).toBe(201);
  });
});

describe('a forgotten password', () => {
  it('is replaced by a mailed link, once; sessions and the lock end', async () => {
    const { id, email } = await person('eva');
    const before = createBrowser();
    await signIn(email, password, before);
    await lock(id);
    expect(await post('/password/forgotten', { email })).toMatchObject({ status: 202, body: {} });
    await post('/password/forgotten', { email });
    const [one, two] = [await mail.mailTo(email), await mail.mailTo(email)].map((got) =>
      tokenIn(linkIn(got)),
    );
    const next = 'a password never had';
    expect(await post('/password/reset', { token: one, password: 'short' })).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'password' }] },
    });
    expect((await post('/password/reset', { token: one, password: next })).status).toBe(204);
    expect((await mail.mailTo(email)).subject).toBe('Your password was changed');
    for (const token of [one, two, 'unheard'])
      expect(await post('/password/reset', { token, password: 'one more password' })).toMatchObject(linkOver);
    expect((await accountOf(before)).status).toBe(401);
    expect((await signIn(email)).status).toBe(401);
    expect((await signIn(email, next)).status).toBe(201);
  });

  it('answers an address that nobody has as one that somebody has', async () => {
    const { email } = await person('flora');
    const unknown = await post('/password/forgotten', { email: 'unheard@example.com' });
    const known = await post('/password/forgotten', { email });
    expect({ status: unknown.status, body: unknown.body }).toEqual({
      status: known.status,
      body: known.body,
    });
    await mail.mailTo(email);
    expect(mail.mails).toEqual([]);
  });

  it('does not get round the second factor, nor forget wrong codes', async () => {
    const { id, email } = await person('gil');
    await api.db.sql.query(
      `update users set totp_secret = 'sealed', totp_confirmed_at = now() where id = $1`,
      [id],
    );
    await lock(id);
    await post('/password/forgotten', { email });
    const token = tokenIn(linkIn(await mail.mailTo(email)));
    await post('/password/reset', { token, password: 'a password never had' });
    const answer = await signIn(email, 'a password never had');
    expect(answer).toMatchObject({ status: 201, body: { secondFactorDue: true } });
    const [row] = await api.db.sql.query('select failed_sign_ins from users where id = $1', [id]);
    expect(row).toEqual({ failed_sign_ins: 9 });
  });
});

describe('changing a password', () => {
  it('takes the present one, and signs every other browser out', async () => {
    const { id, email } = await person('hana');
    const [here, other] = [createBrowser(), createBrowser()];
    await signIn(email, password, here);
    await signIn(email, password, other);
    const change = (body: object) => here.ask('PUT', url('/account/password'), body);
    for (const current of [undefined, 'wrong password'])
      expect(await change({ current, password: 'another password' })).toMatchObject({
        status: 403,
        body: { code: 'confirm-it-is-you' },
      });
    await post('/password/forgotten', { email });
    const token = tokenIn(linkIn(await mail.mailTo(email)));
    expect((await change({ current: password, password: 'another password' })).status).toBe(204);
    expect((await accountOf(here)).status).toBe(200);
    expect((await accountOf(other)).status).toBe(401);
    expect((await mail.mailTo(email)).subject).toBe('Your password was changed');
    expect(await post('/password/reset', { token, password: 'one more password' })).toMatchObject(linkOver);
    const rows = await api.db.sql.query<{ action: string; outcome: string }>(
      `select action, outcome from audit_events where actor = $1 and action like 'password.%' order by id`,
      [id],
    );
    expect(rows.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      'password.refused refused',
      'password.refused refused',
      'password.changed done',
    ]);
  });

  it('takes a code for a first one where there is a second factor: a stolen session can’t turn it off', async () => {
    const { id, email } = await person('nina');
    const browser = createBrowser();
    await signIn(email, password, browser);
    await api.db.asSystem(async ({ secondFactors }) => {
      await secondFactors.begin(id, 'sealed');
      await secondFactors.confirm(id, { secret: 'sealed', step: 1, codeHashes: [hashToken('abcdefgh')] });
    });
    await api.db.sql.query('update users set password_hash = null where id = $1', [id]);
    const set = (body: object) =>
      browser.ask('PUT', url('/account/password'), { password: 'a first password', ...body });
    for (const body of [{}, { code: 'hgfedcba' }])
      expect(await set(body)).toMatchObject({ status: 403, body: { code: 'wrong-code' } });
    expect((await set({ code: 'abcd-efgh' })).status).toBe(204);
  });

  it('locks after five wrong ones: a stolen session is not a way to the password', async () => {
    const { email } = await person('ivo');
    const browser = createBrowser();
    await signIn(email, password, browser);
    for (let wrong = 0; wrong < 5; wrong += 1)
      await browser.ask('PUT', url('/account/password'), { current: 'wrong', password: 'another password' });
    const right = await browser.ask('PUT', url('/account/password'), {
      current: password,
      password: 'another password',
    });
    expect(right).toMatchObject({ status: 403, body: { code: 'confirm-it-is-you' } });
  });
});

describe('an account of one’s own', () => {
  const jan = { email: 'Jan@example.com', name: 'Jan', password };

  it('opens once its address is proven', async () => {
    expect(await post('/sign-up', jan)).toMatchObject({ status: 202, body: {} });
    const token = tokenIn(linkIn(await mail.mailTo('jan@example.com')));
    expect(await signIn(jan.email)).toMatchObject({ status: 401, body: { code: 'wrong-password' } });
    expect((await post('/account/verify-email', { token })).status).toBe(400);
    // Who has the mailbox and not the password did not ask for this account; the link stays for who did.
    const wrong = await post('/account/verify-email', { token, password: 'of somebody else' });
    expect(wrong).toMatchObject({ status: 403, body: { code: 'confirm-it-is-you' } });
    expect((await signIn(jan.email)).status).toBe(401);
    expect((await post('/account/verify-email', { token, password })).status).toBe(204);
    expect(await post('/account/verify-email', { token, password })).toMatchObject(linkOver);
    const browser = createBrowser();
    await signIn(jan.email, password, browser);
    expect((await accountOf(browser)).body.user).toMatchObject({ name: 'Jan', emailVerified: true });
    const renamed = await browser.ask('PATCH', url('/account'), { name: 'Jan K.' });
    expect(renamed).toMatchObject({ status: 200, body: { user: { name: 'Jan K.' } } });
  });

  it('is made alike where there is one: only the mail tells', async () => {
    const taken = await post('/sign-up', { ...jan, password: 'of somebody else' });
    const fresh = await post('/sign-up', { ...jan, email: 'kim@example.com' });
    expect({ status: taken.status, body: taken.body }).toEqual({ status: fresh.status, body: fresh.body });
    expect((await mail.mailTo('jan@example.com')).subject).toBe('You have an account already');
    expect((await signIn(jan.email, 'of somebody else')).status).toBe(401);
    await mail.mailTo('kim@example.com');
  });

  it('is the owner of the address’s: a password that was waiting for them ends with theirs', async () => {
    const email = 'lea@example.com';
    await post('/sign-up', { email, name: 'Mallory', password: 'a password in waiting' });
    const first = tokenIn(linkIn(await mail.mailTo(email)));
    await post('/sign-up', { email, name: 'Lea', password: 'a password of Lea' });
    const received = await mail.mailTo(email);
    expect(received.subject).toBe('Set a new password');
    expect(await post('/account/verify-email', { token: first, password })).toMatchObject(linkOver);
    const token = tokenIn(linkIn(received));
    expect((await post('/password/reset', { token, password: 'a password of Lea' })).status).toBe(204);
    expect((await signIn(email, 'a password in waiting')).status).toBe(401);
    expect((await signIn(email, 'a password of Lea')).status).toBe(201);
  });

  it('takes invitations where sign-up is closed', async () => {
    const closed = await startTestApi();
    const answer = await closed.call('POST', '/api/v1/sign-up', jan, {});
    expect(answer).toMatchObject({ status: 403, body: { code: 'sign-up-closed' } });
    await closed.call('POST', '/api/v1/session/magic-link', { email: 'stranger@example.com' }, {});
    await closed.call('POST', '/api/v1/session/magic-link', { email: owner.email }, {});
    const kept = await eventually(
      () => closed.mailer.outbox!.list(),
      (mails) => mails.length > 0,
    );
    expect(kept.map(({ to }) => to)).toEqual([owner.email]);
    expect(
      await closed.db.asSystem(({ accounts }) => accounts.findByEmail('stranger@example.com')),
    ).toBeUndefined();
    await closed.close();
  });
});

it('keeps no token readable in the database or the log', async () => {
  const { email } = await person('lia');
  await post('/password/forgotten', { email });
  await post('/session/magic-link', { email });
  const links = [linkIn(await mail.mailTo(email)), linkIn(await mail.mailTo(email))];
  const kept = JSON.stringify([
    await api.db.sql.query('select * from login_tokens'),
    await api.db.sql.query('select * from audit_events'),
    api.logged,
  ]);
  for (const link of links) {
    const token = tokenIn(link);
    expect(token.length).toBeGreaterThan(30);
    expect(kept).not.toContain(token);
  }
});
