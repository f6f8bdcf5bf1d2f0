/** Setting up, signing in and out, and who is here. */
import { type Account, account, instance, setup, signIn as signInBody } from '../../contracts/api/account.ts';
import { setUp } from '../auth/bootstrap.ts';
import { readSessionCookie } from '../auth/cookie.ts';
import { openSession, signIn, signOut } from '../auth/sessions.ts';
import type { ApiDeps } from '../deps.ts';
import { defineRoute } from '../route.ts';
import { version } from '../version.ts';

const tag = 'account';

export const getInstance = defineRoute({
  method: 'get',
  path: '/instance',
  summary: 'What a visitor may know before signing in',
  tag,
  auth: 'none',
  responses: { 200: instance },
  handler: async ({ principal }, { db, temporalUiUrl }) => {
    const setupNeeded = !(await db.asSystem(({ accounts }) => accounts.anyUser()));
    // Where the Temporal UI is, is for members: a stranger learns nothing about the inside.
    return {
      status: 200,
      body: { setupNeeded, version, ...(principal && temporalUiUrl && { temporalUiUrl }) },
    };
  },
});

export const create = defineRoute({
  method: 'post',
  path: '/setup',
  summary: 'Make the owner and the workspace, with the one-time token from the console',
  description: 'Signs the owner in.',
  tag,
  auth: 'none',
  body: setup,
  responses: { 201: account },
  handler: async ({ body }, deps) => {
    const owner = await setUp(deps.db, body);
    const { cookie } = await openSession(deps, owner);
    return { status: 201, body: await accountOf(deps, owner), headers: { 'set-cookie': cookie } };
  },
});

export const open = defineRoute({
  method: 'post',
  path: '/session',
  summary: 'Sign in',
  description: 'Sets the session cookie. Programs use an API key instead.',
  tag,
  auth: 'none',
  body: signInBody,
  responses: { 201: account },
  handler: async ({ body }, deps) => {
    const signedIn = await signIn(deps, body);
    return { status: 201, body: await accountOf(deps, signedIn), headers: { 'set-cookie': signedIn.cookie } };
  },
});

export const close = defineRoute({
  method: 'delete',
  path: '/session',
  summary: 'Sign out',
  tag,
  auth: 'none',
  responses: { 204: null },
  handler: async ({ request }, deps) => ({
    status: 204,
    headers: { 'set-cookie': await signOut(deps, readSessionCookie(request)) },
  }),
});

export const get = defineRoute({
  method: 'get',
  path: '/account',
  summary: 'Who the credential is, and its workspace',
  tag,
  auth: 'workspace',
  responses: { 200: account },
  handler: async ({ principal }, deps) => ({
    status: 200,
    body: await accountOf(deps, {
      workspace: principal.workspace,
      user: principal.by === 'session' ? principal.user : undefined,
    }),
  }),
});

async function accountOf(
  { db }: Pick<ApiDeps, 'db'>,
  who: { workspace: string; user?: string | undefined },
): Promise<Account> {
  return db.asSystem(async ({ accounts }) => {
    const workspace = await accounts.workspace(who.workspace);
    const user = who.user === undefined ? undefined : await accounts.findUser(who.user);
    if (!workspace) throw new Error(`Workspace ${who.workspace} of a valid credential does not exist.`);
    return { workspace, ...(user && { user: { id: user.id, email: user.email, name: user.name } }) };
  });
}
