/**
 * Connecting an OAuth2 credential: a person is sent to the service, agrees, and comes back with a code. The state that goes along is
 * sealed and names session and credential, so a link that somebody else made connects nothing to anybody, and needs no table.
 */
import { z } from 'zod';
import { oauthStart } from '../../contracts/api/credentials.ts';
import { oauth2Credential } from '../../contracts/credentials/oauth2.ts';
import { authorizationUrl, exchangeCode, newVerifier, OAuthError } from '../../outbound/oauth2/index.ts';
import { mayDo } from '../access/authorize.ts';
import { audit } from '../audit/audit.ts';
import type { SessionPrincipal } from '../auth/principal.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem, notFound } from '../problems.ts';
import { publicUrl } from '../public-url.ts';
import { defineRoute, sharedBy } from '../route.ts';

const tag = 'credentials';
const callbackPath = '/oauth/callback';
/** Milliseconds that a person has to agree. */
const patience = 10 * 60_000;
const context = { purpose: 'oauth-state', id: '' };

const state = z.object({
  workspace: z.string(),
  credential: z.string(),
  session: z.string(),
  verifier: z.string(),
  redirectUri: z.string(),
  until: z.number(),
});
type State = z.output<typeof state>;

export const connect = defineRoute({
  method: 'post',
  path: '/credentials/:id/connect',
  summary: 'Begin to connect an OAuth2 credential',
  description: `Answers with the address at which a person agrees; the service sends them back to ${callbackPath}. For people, not for API keys.`,
  tag,
  auth: 'credential.edit',
  audit: false,
  resource: sharedBy('credential', 'id'),
  params: z.object({ id: z.string() }),
  responses: { 200: oauthStart },
  handler: async ({ principal, params: { id }, request }, { db, config }) => {
    const { workspace } = principal;
    const kept = await db.inWorkspace(workspace, ({ credentials }) => credentials.open(id));
    if (!kept) throw notFound('credential');
    if (principal.by !== 'session') throw new ApiProblem('takes-a-person');
    const parsed = oauth2Credential.values.safeParse({ ...kept.fields, ...kept.secrets });
    const values = kept.type === oauth2Credential.type ? parsed.data : undefined;
    if (values?.grant !== 'authorizationCode' || values.authorizationUrl === '')
      throw new ApiProblem('credential-not-connectable');
    const going: State = {
      ...{ workspace, credential: id, session: principal.session, verifier: newVerifier() },
      redirectUri: publicUrl(config, request) + callbackPath,
      until: Date.now() + patience,
    };
    const sealed = await db.vault.ofInstance.seal(JSON.stringify(going), context);
    return { status: 200, body: { url: authorizationUrl(values, { ...going, state: sealed }) } };
  },
});

/** Why it came to nothing, for the page: it says each in the reader's language. */
type Reason = 'denied' | 'expired' | 'foreign' | 'refused';

export const callback = defineRoute({
  method: 'get',
  base: '',
  path: callbackPath,
  summary: 'Where the service sends people back to',
  description:
    'Redirects to the credentials page with `connected=<id>`, or `connect-error=` denied, expired, foreign or refused.',
  tag,
  auth: 'user',
  responses: { 303: null },
  query: z.object({
    state: z.string().optional(),
    code: z.string().optional(),
    error: z.string().optional(),
  }),
  handler: async ({ principal, query, request }, deps) => {
    const coming = await stateOf(query.state, deps);
    const result = coming ? await complete(principal, coming, query, deps) : 'expired';
    if (coming && result === 'connected')
      await audit(
        deps,
        { principal, request },
        {
          action: 'credential.connect',
          workspace: coming.workspace,
          resource: { type: 'credential', id: coming.credential },
        },
      );
    const outcome: Record<string, string> =
      coming && result === 'connected' ? { connected: coming.credential } : { 'connect-error': result };
    return { status: 303, headers: { location: `/settings/credentials?${new URLSearchParams(outcome)}` } };
  },
});

async function stateOf(sealed: string | undefined, { db }: Pick<ApiDeps, 'db'>): Promise<State | undefined> {
  const opened = sealed && (await db.vault.ofInstance.open(sealed, context).catch(() => undefined));
  if (!opened) return undefined;
  const coming = state.parse(JSON.parse(opened));
  return coming.until > Date.now() ? coming : undefined;
}

async function complete(
  principal: SessionPrincipal,
  { workspace, credential: id, session, verifier, redirectUri }: State,
  { code, error }: { code?: string | undefined; error?: string | undefined },
  { db, guard, log }: Pick<ApiDeps, 'db' | 'guard' | 'log'>,
): Promise<'connected' | Reason> {
  if (session !== principal.session) return 'foreign';
  if (error !== undefined || code === undefined) return 'denied';
  // Asked again, for ten minutes are long; in the state's workspace, which need not be the active one by now.
  const memberships = await db.asSystem(({ accounts }) => accounts.workspacesOf(principal.user));
  const role = memberships.find((membership) => membership.id === workspace)?.role;
  const resource = { type: 'credential', id } as const;
  if (!role || !(await mayDo({ ...principal, workspace, role }, 'credential.edit', () => resource, { db })))
    return 'foreign';
  const opened = await db.inWorkspace(workspace, ({ credentials }) => credentials.open(id));
  if (!opened) return 'expired';
  try {
    const values = oauth2Credential.values.parse({ ...opened.fields, ...opened.secrets });
    const tokens = await exchangeCode(guard, values, { code, verifier, redirectUri });
    const saved = await db.inWorkspace(workspace, ({ credentials }) =>
      credentials.save({ ...opened, tokens }),
    );
    return saved.kind === 'saved' ? 'connected' : 'expired';
  } catch (problem) {
    // The service's words may repeat the code; its kind is enough.
    log.info(
      { credential: id, reason: problem instanceof OAuthError ? problem.code : 'no-answer' },
      'A credential was not connected',
    );
    return 'refused';
  }
}
