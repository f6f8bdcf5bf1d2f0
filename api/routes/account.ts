/** Setting up, who is here, and what they are called. */
import { actionsOf } from '../../contracts/access/can.ts';
import { type Account, account, instance, setup, updateProfile } from '../../contracts/api/account.ts';
import { audit } from '../audit/audit.ts';
import { mailProvider } from '../auth/auth-js/auth-config.ts';
import { signInProviders } from '../auth/auth-js/providers.ts';
import { setUp } from '../auth/bootstrap.ts';
import type { KeyPrincipal, Principal } from '../auth/principal.ts';
import { openSession } from '../auth/sessions.ts';
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
  handler: async ({ principal }, { db, config, guard, temporalUiUrl }) => {
    const setupNeeded = !(await db.asSystem(({ accounts }) => accounts.anyUser()));
    const elsewhere = signInProviders(config, guard).map(({ id, name }) => ({
      id,
      name,
      type: 'oidc' as const,
    }));
    // Where the Temporal UI is, is for members: a stranger learns nothing about the inside.
    const isInside = principal !== undefined && !(principal.by === 'session' && principal.secondFactorDue);
    return {
      status: 200,
      body: {
        setupNeeded,
        signUpOpen: config.HIVIEX_SIGN_UP,
        providers: [{ id: mailProvider, name: 'E-mail', type: 'email' as const }, ...elsewhere],
        ...(config.SMTP_URL === undefined && { keepsMail: true }),
        version,
        ...(isInside && temporalUiUrl && { temporalUiUrl }),
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
  handler: async ({ body, request }, deps) => {
    const owner = await setUp(deps.db, body);
    const user = await deps.db.asSystem(({ accounts }) => accounts.findUser(owner.user));
    await audit(
      deps,
      { request },
      {
        action: 'instance.set-up',
        actor: { type: 'user', id: owner.user, name: user!.name },
        workspace: owner.workspace,
        resource: { type: 'workspace', id: owner.workspace, name: body.workspace },
      },
    );
    const opened = await openSession(deps, request, { user: user!, method: 'setup' });
    return {
      status: 201,
      body: await personOf(deps, opened),
      headers: { 'set-cookie': opened.cookie },
    };
  },
});

export const get = defineRoute({
  method: 'get',
  path: '/account',
  summary: 'Who the credential is, its workspaces and what it may do',
  description: 'While `secondFactorDue` is true there is nothing else to tell.',
  tag,
  auth: 'signed-in',
  responses: { 200: account },
  handler: async ({ principal }, deps) => ({ status: 200, body: await accountOf(deps, principal) }),
});

export const update = defineRoute({
  method: 'patch',
  path: '/account',
  summary: 'Change one’s name',
  tag,
  auth: 'user',
  audit: 'account.changed',
  body: updateProfile,
  responses: { 200: account },
  handler: async ({ body, principal, note }, deps) => {
    await deps.db.asSystem(({ accounts }) => accounts.rename(principal.user, body.name));
    note({
      resource: { type: 'user', id: principal.user, name: body.name },
      before: { name: principal.name },
      after: { name: body.name },
    });
    return { status: 200, body: await accountOf(deps, principal) };
  },
});

const secondFactorOwed: Account = { secondFactorDue: true, workspaces: [], actions: [] };

function accountOf(deps: Pick<ApiDeps, 'db'>, principal: Principal): Promise<Account> | Account {
  return principal.by === 'key' ? programOf(deps, principal) : personOf(deps, principal);
}

/** The account of a session, as every route that opens one answers with. */
export async function personOf(
  { db }: Pick<ApiDeps, 'db'>,
  session: { user: string; workspace?: string | undefined; secondFactorDue: boolean },
): Promise<Account> {
  if (session.secondFactorDue) return secondFactorOwed;
  const [user, workspaces] = await db.asSystem(({ accounts }) =>
    Promise.all([accounts.findUser(session.user), accounts.workspacesOf(session.user)]),
  );
  if (!user) throw new Error(`User ${session.user} of a valid session does not exist.`);
  const { id, email, name, emailVerified, secondFactor, passwordHash } = user;
  const workspace = workspaces.find((entry) => entry.id === session.workspace);
  return {
    secondFactorDue: false,
    user: { id, email, name, emailVerified, secondFactor, hasPassword: passwordHash !== null },
    ...(workspace && { workspace }),
    workspaces,
    actions: workspace ? actionsOf(workspace) : [],
  };
}

async function programOf(
  { db }: Pick<ApiDeps, 'db'>,
  { workspace: id, role, scopes }: KeyPrincipal,
): Promise<Account> {
  const found = await db.asSystem(({ accounts }) => accounts.workspace(id));
  if (!found) throw new Error(`Workspace ${id} of a valid key does not exist.`);
  const workspace = { ...found, role };
  return { secondFactorDue: false, workspace, workspaces: [workspace], actions: actionsOf({ role, scopes }) };
}
