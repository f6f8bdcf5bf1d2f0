/** What people do on the pages of identity, step by step. Every step ends when the page shows that it is done. */
import type { Page } from 'playwright-core';
import type { Account } from '../../contracts/api/account.ts';

export interface Login {
  email: string;
  password: string;
}

/** From wherever the page is; it ends at the answer, whichever it is. */
export async function givePassword(page: Page, base: string, { email, password }: Login): Promise<void> {
  await page.goto(`${base}/sign-in`);
  await page.getByTestId('email').fill(email);
  await page.getByTestId('password').fill(password);
  const answer = page.waitForResponse(/\/api\/v1\/session$/);
  await page.getByTestId('sign-in').click();
  await answer;
}

export async function signIn(page: Page, base: string, login: Login): Promise<void> {
  await givePassword(page, base, login);
  await arriveHome(page);
}

/** Signed in, and the page of the workspace is there. */
export async function arriveHome(page: Page): Promise<void> {
  await page.waitForURL(({ pathname }) => pathname === '/');
  await page.getByTestId('user-menu').waitFor();
}

export async function signOut(page: Page): Promise<void> {
  await page.getByTestId('user-menu').click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await arriveAtSignIn(page);
}

export async function arriveAtSignIn(page: Page, timeout?: number): Promise<void> {
  await page.waitForURL(({ pathname }) => pathname === '/sign-in', { ...(timeout && { timeout }) });
  await page.getByTestId('sign-in').waitFor();
}

/** Who the browser is for the API; undefined: nobody. */
export async function whoIs(page: Page): Promise<Account | undefined> {
  const answer = await page.request.get(new URL('/api/v1/account', page.url()).href);
  return answer.ok() ? ((await answer.json()) as Account) : undefined;
}

/** Signs in at the provider (`oidc-provider.ts`) and agrees to what it asks. */
export async function signInAtProvider(page: Page, base: string, login: string): Promise<void> {
  await page.goto(`${base}/sign-in`);
  await page.getByTestId('provider-acme').click();
  await page.locator('input[name="login"]').fill(login);
  await page.locator('input[name="password"]').fill('known to the provider only');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
}

export async function askForLink(page: Page, base: string, email: string): Promise<void> {
  await page.goto(`${base}/sign-in`);
  await page.getByTestId('mail-link').click();
  await page.getByTestId('send-link').waitFor(); // the page before it asks for an address too
  await page.getByTestId('email').fill(email);
  await page.getByTestId('send-link').click();
  await page.getByTestId('check-mail').waitFor();
}

export async function askForNewPassword(page: Page, base: string, email: string): Promise<void> {
  await page.goto(`${base}/forgot-password`);
  await page.getByTestId('email').fill(email);
  await page.getByTestId('send-reset').click();
  await page.getByTestId('check-mail').waitFor();
}

/** A program that only fetches the link does not use it up: it takes the button. */
export async function openMagicLink(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByTestId('open-link').click();
}

/** Joins as somebody new, by the link of an invitation that names the address. */
export async function joinByInvitation(
  page: Page,
  link: string,
  { name, password }: { name: string; password: string },
): Promise<void> {
  await page.goto(link);
  await page.getByTestId('name').fill(name);
  await page.getByTestId('password').fill(password);
  await page.getByTestId('join').click();
  await arriveHome(page);
}

/**
 * Turns the second factor on, from the profile.
 * @param code of the authenticator app, for the secret that the page shows
 * @returns the secret
 */
export async function turnOnSecondFactor(
  page: Page,
  base: string,
  password: string,
  code: (secret: string) => string,
): Promise<string> {
  await page.goto(`${base}/profile`);
  await page.getByTestId('set-up-second-factor').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByTestId('password').fill(password);
  await dialog.getByTestId('prove').click();
  const secret = await dialog.getByTestId('secret').getAttribute('data-secret');
  if (!secret) throw new Error('The page shows no secret.');
  await dialog.getByTestId('code').fill(code(secret));
  await dialog.getByTestId('confirm-second-factor').click();
  await dialog.getByTestId('recovery-codes').waitFor();
  await dialog.getByTestId('kept-codes').click();
  await page.getByTestId('remove-second-factor').waitFor();
  return secret;
}

/** Invites somebody by mail, on the page of the members. @param role as it is shown */
export async function invite(
  page: Page,
  base: string,
  { email, role }: { email: string; role: string },
): Promise<void> {
  await page.goto(`${base}/settings/members`);
  await page.getByTestId('invite').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByTestId('invite-email').fill(email);
  await dialog.getByTestId('role-select').click();
  await page.getByRole('option', { name: role }).click();
  await dialog.getByTestId('send-invitation').click();
  await page.getByTestId('invitation-row').filter({ hasText: email }).waitFor();
}

/** A workspace of one's own, which the page is in from then on. */
export async function createWorkspace(page: Page, name: string): Promise<void> {
  await page.getByTestId('workspace-switch').click();
  await page.getByRole('menuitem', { name: 'Create a workspace' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByTestId('workspace').fill(name);
  await dialog.getByTestId('create-workspace-confirm').click();
  await page.getByTestId('workspace-switch').getByText(name).waitFor();
}

/** Joins with the account one is signed in with. */
export async function acceptInvitation(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByTestId('accept').click();
  await arriveHome(page);
}
