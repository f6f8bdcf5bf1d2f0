/** Connecting an OAuth2 credential: a person is sent to the service, agrees, and comes back with a code. */
import { z } from 'zod';
import { oauthStart } from '../../contracts/api/credentials.ts';
import { oauth2Credential } from '../../contracts/credentials/oauth2.ts';
import { authorizationUrl, exchangeCode, newVerifier, OAuthError } from '../../outbound/oauth2/index.ts';
import { mayDo } from '../access/authorize.ts';
import { agreeing } from '../oauth/agreeing.ts';
import { ApiProblem, notFound } from '../problems.ts';
import { publicUrl } from '../public-url.ts';
import { defineRoute, sharedBy } from '../route.ts';

const tag = 'credentials';
const callbackPath = '/oauth/callback';

const way = agreeing({
  tag,
  path: callbackPath,
  summary: 'Where the service sends people back to',
  page: { path: '/settings/credentials', name: 'the credentials page' },
  purpose: 'oauth-state',
  facts: z.object({ credential: z.string(), verifier: z.string(), redirectUri: z.string() }),
  action: 'credential.connect',
  resourceOf: ({ credential }) => ({ type: 'credential', id: credential }),
  may: (principal, { credential: id }, { db }) =>
    mayDo(principal, 'credential.edit', () => ({ type: 'credential', id }), { db }),
  complete: async ({ principal, facts, code }, { db, guard, log }) => {
    const { workspace } = principal;
    const { credential: id, verifier, redirectUri } = facts;
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
  },
});

export const { callback } = way;

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
  handler: async ({ principal, params: { id }, request }, deps) => {
    const { db, config } = deps;
    const kept = await db.inWorkspace(principal.workspace, ({ credentials }) => credentials.open(id));
    if (!kept) throw notFound('credential');
    if (principal.by !== 'session') throw new ApiProblem('takes-a-person');
    const parsed = oauth2Credential.values.safeParse({ ...kept.fields, ...kept.secrets });
    const values = kept.type === oauth2Credential.type ? parsed.data : undefined;
    if (values?.grant !== 'authorizationCode' || values.authorizationUrl === '')
      throw new ApiProblem('credential-not-connectable');
    const verifier = newVerifier();
    const redirectUri = publicUrl(config, request) + callbackPath;
    const state = await way.leave(principal, { credential: id, verifier, redirectUri }, deps);
    return { status: 200, body: { url: authorizationUrl(values, { state, verifier, redirectUri }) } };
  },
});
