import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Browser, createBrowser } from '../../testing/browser.ts';
import {
  type IdentityProvider,
  signInAtProvider,
  startIdentityProvider,
} from '../../testing/identity-provider.ts';
import { owner, startTestApi, type TestApi } from '../../testing/test-api.ts';

let idp: IdentityProvider;
let api: TestApi;

beforeAll(async () => {
  idp = await startIdentityProvider();
  api = await startTestApi({
    env: {
      HIVIEX_OWNER_EMAIL: owner.email,
      HIVIEX_OWNER_PASSWORD: owner.password,
      HIVIEX_RATE_LIMITS: 'off',
      HIVIEX_ALLOW_PRIVATE_HOSTS: '127.0.0.1',
      HIVIEX_OIDC_PROVIDERS: JSON.stringify([
        { id: 'acme', name: 'Acme', issuer: idp.issuer, ...idp.client },
      ]),
    },
  });
  idp.serve(`${api.url}/auth/callback/acme`);
});
afterAll(async () => {
  await api.close();
  await idp.close();
});

/** Asks Auth.js where to go, as the sign-in page does. */
async function begin(browser: Browser): Promise<string> {
  const { body } = await browser.ask('GET', `${api.url}/auth/csrf`);
  const form = new URLSearchParams({ csrfToken: body.csrfToken, callbackUrl: `${api.url}/runs` });
  const headers = { 'x-auth-return-redirect': '1', origin: api.url };
  return (await browser.ask('POST', `${api.url}/auth/signin/acme`, form, headers)).body.url;
}

async function signIn(person: string, browser = createBrowser()) {
  const seen: string[] = [];
  const end = await signInAtProvider(browser, await begin(browser), person, (url) => seen.push(url));
  const account = await browser.ask('GET', `${api.url}/api/v1/account`);
  return { browser, end: new URL(seen.at(-1) ?? end.url), account };
}

async function auditOf(action: string) {
  return api.db.sql.query<{
    outcome: string;
    after: Record<string, unknown>;
    ip: string;
    user_agent: string;
  }>('select outcome, after, ip, user_agent from audit_events where action = $1 order by id', [action]);
}

describe('signing in with an OpenID Connect provider', () => {
  it('goes there with PKCE, state and nonce, and comes back with a session', async () => {
    idp.people.set('ana', { email: owner.email, email_verified: true, name: 'Ana' });
    const url = new URL(await begin(createBrowser()));
    expect(url.origin).toBe(idp.issuer);
    expect(url.searchParams.get('code_challenge_method')).toBe('S256');
    for (const check of ['code_challenge', 'state', 'nonce'])
      expect(url.searchParams.get(check)?.length).toBeGreaterThan(20);
    expect(url.searchParams.get('redirect_uri')).toBe(`${api.url}/auth/callback/acme`);

    const { account, end, browser } = await signIn('ana');
    expect(end.pathname).toBe('/runs');
    expect(account).toMatchObject({
      status: 200,
      body: { user: { email: owner.email }, workspace: { role: 'owner' } },
    });
    const { body } = await browser.ask('GET', `${api.url}/api/v1/account/sessions`);
    expect(body.items.find(({ current }: { current: boolean }) => current)).toMatchObject({
      method: 'acme',
      device: 'Firefox · Linux',
      ip: '127.0.0.1',
    });
    expect(await auditOf('identity.linked')).toHaveLength(1);
    expect((await signIn('ana')).account.body.user).toEqual(account.body.user);
    expect(await auditOf('identity.linked')).toHaveLength(1);
  });

  it('knows the account at the provider, whatever address it has later', async () => {
    idp.people.set('ana', { email: 'renamed@example.com', email_verified: true });
    expect((await signIn('ana')).account.body.user.email).toBe(owner.email);
  });

  it('refuses an address that the provider has not verified, whether it is known here or not', async () => {
    idp.people.set('mallory', { email: owner.email, email_verified: false });
    idp.people.set('nobody', { email: 'unheard@example.com' });
    for (const person of ['mallory', 'nobody']) {
      const { account, end } = await signIn(person);
      expect(`${end.pathname}${end.search}`).toBe('/sign-in?error=EmailNotVerified');
      expect(account.status).toBe(401);
    }
    expect((await auditOf('session.refused')).at(-1)).toMatchObject({
      outcome: 'refused',
      after: { reason: 'email-not-verified', method: 'acme' },
      ip: '127.0.0.1',
      user_agent: expect.stringContaining('Firefox'),
    });
    expect(
      await api.db.asSystem(({ accounts }) => accounts.findByEmail('unheard@example.com')),
    ).toBeUndefined();
  });

  it('takes no address for another that only lower case makes of it', async () => {
    const email = 'kim@example.com';
    await api.db.asSystem(({ accounts }) =>
      accounts.createUser({ email, name: 'Kim', passwordHash: null, emailVerified: true }),
    );
    // The sign of Kelvin, which is a letter of a mailbox of its own.
    idp.people.set('kelvin', { email: '\u212aim@example.com', email_verified: true });
    const { account, end } = await signIn('kelvin');
    expect(end.search).toBe('?error=EmailNotVerified');
    expect(account.status).toBe(401);
  });

  it('makes an account only for who was invited, while sign-up is closed', async () => {
    idp.people.set('bia', { email: 'Bia@example.com', email_verified: true, name: 'Bia' });
    const stranger = await signIn('bia');
    expect(stranger.end.search).toBe('?error=AccessDenied');
    expect(await api.db.asSystem(({ accounts }) => accounts.findByEmail('bia@example.com'))).toBeUndefined();

    const workspace = (await api.db.asSystem(({ accounts }) => accounts.firstWorkspace()))!;
    await api.db.inWorkspace(workspace.id, ({ invitations }) =>
      invitations.create({
        tokenHash: 'of her invitation',
        email: 'bia@example.com',
        role: 'viewer',
        createdBy: 'ana',
        expiresAt: new Date(Date.now() + 60_000),
      }),
    );
    const invited = await signIn('bia');
    expect(invited.account.body).toMatchObject({
      user: { email: 'bia@example.com', name: 'Bia', emailVerified: true, hasPassword: false },
      workspaces: [],
    });
  });

  it('clears an account whose address was never proven of what its maker set up', async () => {
    const { id } = (await api.db.asSystem(({ accounts }) =>
      accounts.createUser({
        email: 'carla@example.com',
        name: 'Not Carla',
        passwordHash: 'x',
        emailVerified: false,
      }),
    ))!;
    idp.people.set('carla', { email: 'carla@example.com', email_verified: true, name: 'Carla' });
    const { account } = await signIn('carla');
    expect(account.body.user).toMatchObject({ id, emailVerified: true, hasPassword: false });
  });

  it('lets nobody in who is disabled', async () => {
    await api.db.sql.query(`update users set disabled_at = now() where email = 'carla@example.com'`);
    const { account, end } = await signIn('carla');
    expect(end.search).toBe('?error=AccessDenied');
    expect(account.status).toBe(401);
  });

  it('takes an answer of the provider only in the browser that asked, and once', async () => {
    idp.people.set('ana', { email: owner.email, email_verified: true });
    const browser = createBrowser();
    const seen: string[] = [];
    await signInAtProvider(browser, await begin(browser), 'ana', (url) => seen.push(url));
    const callback = seen.find((url) => url.startsWith(`${api.url}/auth/callback/acme`))!;

    for (const other of [createBrowser(), browser]) {
      other.cookies(api.url).delete('hiviex_session');
      const answer = await other.ask('GET', callback);
      expect(answer.headers.get('location')).toContain('/sign-in?error=');
      expect((await other.ask('GET', `${api.url}/api/v1/account`)).status).toBe(401);
    }
    const forged = new URL(callback);
    forged.searchParams.set('state', 'another');
    const fresh = createBrowser();
    await begin(fresh);
    expect((await fresh.ask('GET', forged.href)).headers.get('location')).toContain('/sign-in?error=');
    expect(fresh.cookies(api.url).has('hiviex_session')).toBe(false);
  });

  it('opens a session of its own, and ends the one that the browser had', async () => {
    const browser = createBrowser();
    await browser.ask('POST', `${api.url}/api/v1/session`, owner);
    const former = browser.cookies(api.url).get('hiviex_session')!;
    await signIn('ana', browser);
    expect(browser.cookies(api.url).get('hiviex_session')).not.toBe(former);
    const headers = { cookie: `hiviex_session=${former}` };
    expect((await api.call('GET', '/api/v1/account', undefined, headers)).status).toBe(401);
  });

  it('does not link an account to whoever happens to be signed in', async () => {
    idp.people.set('dora', { email: 'dora@example.com', email_verified: true });
    const browser = createBrowser();
    await browser.ask('POST', `${api.url}/api/v1/session`, owner);
    const { end } = await signIn('dora', browser);
    expect(end.search).toBe('?error=AccessDenied');
    const rows = await api.db.sql.query(`select subject from identities where subject = 'dora'`);
    expect(rows).toEqual([]);
  });

  it('reaches a private issuer only where the operator allows it', async () => {
    const closed = await startTestApi({
      env: {
        HIVIEX_OIDC_PROVIDERS: JSON.stringify([{ id: 'acme', name: 'A', issuer: idp.issuer, ...idp.client }]),
      },
    });
    const browser = createBrowser();
    const { body } = await browser.ask('GET', `${closed.url}/auth/csrf`);
    const form = new URLSearchParams({ csrfToken: body.csrfToken });
    const answer = await browser.ask('POST', `${closed.url}/auth/signin/acme`, form);
    expect(answer.headers.get('location')).toContain('/sign-in?error=Configuration');
    await closed.close();
  });
});

describe('what Auth.js takes', () => {
  it('is nothing without its token or from another site', async () => {
    const browser = createBrowser();
    const form = new URLSearchParams({ ...owner, callbackUrl: api.url });
    for (const path of ['signin/acme', 'signin/magic-link']) {
      const answer = await browser.ask('POST', `${api.url}/auth/${path}`, form);
      expect(answer.headers.get('location')).toContain('error=MissingCSRF');
      const { body } = await browser.ask('GET', `${api.url}/auth/csrf`);
      const right = new URLSearchParams([...form, ['csrfToken', body.csrfToken]]);
      const foreign = await browser.ask('POST', `${api.url}/auth/${path}`, right, {
        origin: 'https://evil.example',
      });
      expect(foreign).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    }
    expect(browser.cookies(api.url).has('hiviex_session')).toBe(false);
  });

  it('is no password: one door for those is enough to guard', async () => {
    const browser = createBrowser();
    const { body } = await browser.ask('GET', `${api.url}/auth/csrf`);
    const form = new URLSearchParams({ ...owner, csrfToken: body.csrfToken });
    for (const path of ['callback/password', 'callback/credentials', 'callback/acme'])
      expect((await browser.ask('POST', `${api.url}/auth/${path}`, form)).status).toBe(404);
    for (const path of ['signin/password', 'signin/credentials'])
      await browser.ask('POST', `${api.url}/auth/${path}`, form);
    expect(browser.cookies(api.url).has('hiviex_session')).toBe(false);
  });

  it('has every cookie Secure and bound to this host where the address is https', async () => {
    const secure = await startTestApi({
      env: {
        PUBLIC_URL: 'https://hiviex.example',
        HIVIEX_OWNER_EMAIL: owner.email,
        HIVIEX_OWNER_PASSWORD: owner.password,
      },
    });
    const browser = createBrowser();
    const { headers } = await browser.ask('GET', `${secure.url}/auth/csrf`);
    const answer = await browser.ask('POST', `${secure.url}/api/v1/session`, owner);
    const set = [...headers.getSetCookie(), ...answer.headers.getSetCookie()];
    expect(set.find((cookie) => cookie.startsWith('__Host-hiviex_session='))).toBeDefined();
    for (const cookie of set) {
      expect(cookie).toMatch(/^__(Host|Secure)-/);
      expect(cookie).toMatch(/; Secure/);
      expect(cookie).toMatch(/; HttpOnly/);
      expect(cookie).toMatch(/; SameSite=Lax/);
    }
    expect((await browser.ask('GET', `${secure.url}/api/v1/account`)).status).toBe(200);
    await secure.close();
  });

  it('leads nowhere else, whatever Host or address it is given', async () => {
    const browser = createBrowser();
    for (const path of ['session', 'signout', 'signin', 'providers', 'webauthn-options/acme', ''])
      expect((await browser.ask('GET', `${api.url}/auth/${path}`)).status).toBe(404);
    const { body } = await browser.ask('GET', `${api.url}/auth/csrf`);
    const form = new URLSearchParams({ csrfToken: body.csrfToken, callbackUrl: 'https://evil.example/' });
    const answer = await browser.ask('POST', `${api.url}/auth/signin/acme`, form, {
      'x-auth-return-redirect': '1',
    });
    expect(JSON.stringify([...browser.cookies(api.url)])).not.toContain('evil.example');
    expect(JSON.stringify(answer.body ?? {})).not.toContain('evil.example');
  });
});
