/**
 * Every way in and out, in a real browser, against a Hiviex as people run it: with a password, with an account at a real OpenID
 * provider, by links in mails that went over real SMTP, with a second factor; and out again, at once, when somebody revokes the session.
 *
 * `HIVIEX_DRILL=full` holds "at once" to a second. Otherwise a busy machine has five; the figures are printed either way.
 */
import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { TOTP } from 'otpauth';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { freePort } from '../../scripts/stack/free-port.ts';
import { describeInBrowser, launchChromium } from '../support/chromium.ts';
import { dataFolder, type Hiviex } from '../support/hiviex.ts';
import { emailOf, type OidcProviderServer, startOidcProvider } from '../support/oidc-provider.ts';
import * as pages from '../support/pages.ts';
import { type MailServer, startMailServer } from '../support/smtp-server.ts';

const ana = { email: emailOf('ana'), password: 'correct horse battery' };
const ben = { email: emailOf('ben'), password: 'staple, first edition', name: 'Ben' };
const isFull = process.env.HIVIEX_DRILL === 'full';

describeInBrowser('identity in a browser', () => {
  const data = dataFolder();
  let provider: OidcProviderServer;
  let mail: MailServer;
  let hiviex: Hiviex;
  let browser: Browser;
  let base: string;
  const contexts: BrowserContext[] = [];
  const errors: string[] = [];

  beforeAll(async () => {
    const port = await freePort();
    [provider, mail, browser] = await Promise.all([
      startOidcProvider({ redirectUri: `http://127.0.0.1:${port}/auth/callback/acme` }),
      startMailServer(),
      launchChromium(),
    ]);
    hiviex = await data.start({
      port,
      env: {
        HIVIEX_OWNER_EMAIL: ana.email,
        HIVIEX_OWNER_PASSWORD: ana.password,
        HIVIEX_OIDC_PROVIDERS: JSON.stringify([{ id: 'acme', name: 'Acme', ...provider.settings }]),
        HIVIEX_ALLOW_PRIVATE_HOSTS: '127.0.0.1', // the provider
        SMTP_URL: mail.url,
      },
    });
    base = hiviex.url;
  }, 180_000);

  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
  });

  afterAll(async () => {
    await browser?.close();
    await data.remove();
    await provider?.close();
    await mail?.close();
  }, 60_000);

  /** Another browser, that nobody has used. */
  async function freshPage(): Promise<Page> {
    const context = await browser.newContext();
    contexts.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    page.on('pageerror', (error) => errors.push(error.message));
    return page;
  }

  it('lets the owner in with the password, and says when it is wrong', async () => {
    const page = await freshPage();
    await pages.givePassword(page, base, { ...ana, password: 'not the password' });
    await page.getByText('E-mail or password is wrong.').waitFor();
    expect(await pages.whoIs(page)).toBeUndefined();

    await pages.signIn(page, base, ana);
    expect(await pages.whoIs(page)).toMatchObject({
      user: { email: ana.email },
      workspace: { role: 'owner' },
    });
    await pages.signOut(page);
    expect(await pages.whoIs(page)).toBeUndefined();
  });

  it('lets her in with her account at a provider, by PKCE, state and nonce', async () => {
    const page = await freshPage();
    await pages.signInAtProvider(page, base, 'ana');
    await pages.arriveHome(page);
    expect((await pages.whoIs(page))?.user?.email).toBe(ana.email);

    const asked = provider.authorizations.at(-1);
    expect(asked).toMatchObject({
      response_type: 'code',
      redirect_uri: `${base}/auth/callback/acme`,
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
      state: expect.stringMatching(/.{16}/),
      nonce: expect.stringMatching(/.{16}/),
    });
    const granted = provider.tokenRequests.at(-1);
    expect(granted).toMatchObject({ grant_type: 'authorization_code', code_verifier: expect.any(String) });
    expect(sha256(String(granted?.code_verifier))).toBe(asked?.code_challenge);
    expect(provider.refusals).toEqual([]);
  });

  it('does not let in who has an account at the provider only', async () => {
    const page = await freshPage();
    await pages.signInAtProvider(page, base, 'mallory');
    await page.getByTestId('sign-in-error').getByText('You were not let in').waitFor();
    expect(await pages.whoIs(page)).toBeUndefined();
  });

  it('lets her in by a mailed link, once', async () => {
    const page = await freshPage();
    await pages.askForLink(page, base, ana.email);
    const link = (await mail.take(ana.email, /^Sign in/)).links[0]!;
    await pages.openMagicLink(page, link);
    await pages.arriveHome(page);
    expect((await pages.whoIs(page))?.user?.email).toBe(ana.email);

    const later = await freshPage();
    await pages.openMagicLink(later, link);
    await later.getByTestId('sign-in-error').getByText('This link works no more').waitFor();
    expect(await pages.whoIs(later)).toBeUndefined();
  });

  it('lets somebody new in by an invitation, with the role it names', async () => {
    const hers = await freshPage();
    await pages.signIn(hers, base, ana);
    await pages.invite(hers, base, { email: ben.email, role: 'Builder' });
    const link = (await mail.take(ben.email, /^Join /)).links[0]!;

    const his = await freshPage();
    await pages.joinByInvitation(his, link, ben);
    await his.getByTestId('workspace-switch').getByText('Builder').waitFor();
    const [mine, theirs] = [await pages.whoIs(his), await pages.whoIs(hers)];
    expect(mine).toMatchObject({ user: { email: ben.email, emailVerified: true } });
    expect(mine?.workspace).toEqual({ ...theirs?.workspace, role: 'builder' });

    const later = await freshPage();
    await later.goto(link);
    await later.getByRole('heading', { name: 'This invitation' }).waitFor();
    expect(await later.getByTestId('join').count()).toBe(0);
  });

  it('lets somebody who is here already into another workspace by an invitation', async () => {
    const hers = await freshPage();
    await pages.signIn(hers, base, ana);
    await pages.createWorkspace(hers, 'Second');
    await pages.invite(hers, base, { email: ben.email, role: 'Viewer' });
    const link = (await mail.take(ben.email, /^Join Second/)).links[0]!;

    await hers.goto(link); // hers is not the address it is for
    await hers.getByTestId('wrong-account').waitFor();
    const his = await freshPage();
    await pages.signIn(his, base, ben);
    await pages.acceptInvitation(his, link);
    await his.getByTestId('workspace-switch').getByText('Second').waitFor();
    expect((await pages.whoIs(his))?.workspaces.map(({ role }) => role).sort()).toEqual([
      'builder',
      'viewer',
    ]);
  });

  it('gives a new password by a mailed link, and ends what the former one opened', async () => {
    const before = await freshPage();
    await pages.signIn(before, base, ben);

    const page = await freshPage();
    await pages.askForNewPassword(page, base, ben.email);
    await page.goto((await mail.take(ben.email, /new password/)).links[0]!);
    const former = { ...ben };
    ben.password = 'staple, second edition';
    await page.getByTestId('password').fill(ben.password);
    await page.getByTestId('reset-password').click();
    await page.getByTestId('go-on').click();
    await pages.arriveAtSignIn(page);
    await pages.arriveAtSignIn(before);
    await mail.take(ben.email, /password was changed/);

    await pages.givePassword(page, base, former);
    await page.getByText('E-mail or password is wrong.').waitFor();
    await pages.signIn(page, base, ben);
  });

  it('asks for the second factor once it is on', async () => {
    const page = await freshPage();
    await pages.signIn(page, base, ben);
    const secret = await pages.turnOnSecondFactor(page, base, ben.password, (shown) => codeOf(shown));
    await pages.signOut(page);

    await pages.givePassword(page, base, ben);
    await page.getByTestId('confirm-code').waitFor();
    expect(await pages.whoIs(page)).toEqual({ secondFactorDue: true, workspaces: [], actions: [] });
    await page.goto(`${base}/runs`); // around it there is no way
    await page.getByTestId('confirm-code').waitFor();
    // A code works once: the one that turned it on is used up, and that of the next 30 seconds is taken already.
    await page.getByTestId('code').fill(codeOf(secret, 30_000));
    await page.getByTestId('confirm-code').click();
    await page.waitForURL(`${base}/runs`);
    expect((await pages.whoIs(page))?.user).toMatchObject({ email: ben.email, secondFactor: true });
  });

  it('signs a browser out at once when its session is revoked in another', async () => {
    await pages.signIn(await freshPage(), base, ana);
    const here = await freshPage();
    await pages.signIn(here, base, ana);
    await here.goto(`${base}/profile`);
    await here.getByTestId('revoke-others').click();
    await here.getByTestId('confirm').click();
    await here.getByTestId('revoke-others').waitFor({ state: 'detached' });

    const there = await freshPage();
    const seen = watch(there);
    await pages.signIn(there, base, ana);
    await seen.connected;
    await here.reload();
    const other = here.locator('[data-testid="session-row"]:not([data-current])');
    await other.waitFor();

    const revoked = here.waitForRequest((request) => request.method() === 'DELETE').then(now);
    await Promise.all([
      pages.arriveAtSignIn(there, 5_000), // which nobody touches
      other.getByTestId('revoke-session').click(),
    ]);
    const since = await revoked;
    const firsts = ['socket closed', 'account asked', 'sign-in page'].map((what) =>
      seen.events.findIndex((event) => event.what === what && event.at >= since),
    );
    expect(firsts).not.toContain(-1);
    expect(firsts).toEqual([...firsts].sort((a, b) => a - b));
    const [socketClosedMs, , signedOutMs] = firsts.map((first) => seen.events[first]!.at);
    process.stdout.write(
      `${JSON.stringify({ socketClosedMs: socketClosedMs! - since, signedOutMs: signedOutMs! - since })}\n`,
    );
    if (isFull) expect(signedOutMs! - since).toBeLessThanOrEqual(1_000);
    expect(await pages.whoIs(there)).toBeUndefined();
    expect((await pages.whoIs(here))?.user?.email).toBe(ana.email);
  });

  it('broke on no page', () => {
    expect(errors).toEqual([]);
  });
});

/** What happens in a page, in its order. `connected`: its socket is open and the server knows whose it is. */
function watch(page: Page): { events: { what: string; at: number }[]; connected: Promise<void> } {
  const events: { what: string; at: number }[] = [];
  const note = (what: string) => events.push({ what, at: now() });
  const connected = new Promise<void>((resolve) => {
    page.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => {
        // Engine.IO "message" with Socket.IO "connect" or "disconnect": https://socket.io/docs/v4/socket-io-protocol
        if (String(payload).startsWith('40')) resolve();
        if (String(payload).startsWith('41')) note('socket closed');
      });
    });
  });
  page.on('request', (request) => {
    if (new URL(request.url()).pathname === '/api/v1/account') note('account asked');
  });
  page.on('framenavigated', (frame) => {
    if (new URL(frame.url()).pathname === '/sign-in') note('sign-in page');
  });
  return { events, connected };
}

/** Milliseconds. */
const now = () => Math.round(performance.now());

/** What the authenticator app shows. @param aheadMs on a clock that is ahead by this much */
function codeOf(secret: string, aheadMs = 0): string {
  return new TOTP({ secret }).generate({ timestamp: Date.now() + aheadMs });
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
