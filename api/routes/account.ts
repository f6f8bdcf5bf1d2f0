/** Setting up, signing in and out, and who is here. */
import type { Scope } from '../../contracts/access/actions.ts';
import { actionsOf } from '../../contracts/access/can.ts';
import type { Role } from '../../contracts/access/roles.ts';
import { type Account, account, instance, setup, signIn as signInBody } from '../../contracts/api/account.ts';
import type { AccountsRepository } from '../../db/index.ts';
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
  handler: async ({ principal }, { db, config, temporalUiUrl }) => {
    const setupNeeded = !(await db.asSystem(({ accounts }) => accounts.anyUser()));
    // Where the Temporal UI is, is for members: a stranger learns nothing about the inside.
    return {
      status: 200,
      body: {
        setupNeeded,
        signUpOpen: config.HIVIEX_SIGN_UP,
        providers: [],
        version,
        ...(principal && temporalUiUrl && { temporalUiUrl }),
      },
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
  summary: 'Who the credential is, its workspaces and what it may do',
  tag,
  auth: 'workspace.view',
  responses: { 200: account },
  handler: async ({ principal }, deps) => ({
    status: 200,
    body: await accountOf(
      deps,
      principal.by === 'key' ? principal : { user: principal.user, workspace: principal.workspace },
    ),
  }),
});

async function accountOf(
  { db }: Pick<ApiDeps, 'db'>,
  who: {
    user?: string | undefined;
    workspace?: string | undefined;
    role?: Role;
    scopes?: readonly Scope[] | undefined;
  },
): Promise<Account> {
  return db.asSystem(async ({ accounts }) => {
    if (who.user === undefined || who.role !== undefined) return ofKey(accounts, who);
    const [user, workspaces] = await Promise.all([
      accounts.findUser(who.user),
      accounts.workspacesOf(who.user),
    ]);
    if (!user) throw new Error(`User ${who.user} of a valid session does not exist.`);
    const { id, email, name, emailVerified, secondFactor, passwordHash } = user;
    const workspace = workspaces.find((entry) => entry.id === who.workspace);
    return {
      user: { id, email, name, emailVerified, secondFactor, hasPassword: passwordHash !== null },
      ...(workspace && { workspace }),
      workspaces,
      actions: workspace ? actionsOf(workspace) : [],
    };
  });
}

async function ofKey(
  accounts: AccountsRepository,
  {
    workspace: id,
    role,
    scopes,
  }: { workspace?: string | undefined; role?: Role; scopes?: readonly Scope[] | undefined },
): Promise<Account> {
  const found = id === undefined ? undefined : await accounts.workspace(id);
  if (!found || !role) throw new Error(`Workspace ${id} of a valid key does not exist.`);
  const workspace = { ...found, role };
  return { workspace, workspaces: [workspace], actions: actionsOf({ role, scopes }) };
}
