/** Signing this browser in and out. Sign-in with a provider begins and ends at `/auth` (Auth.js). */
import { z } from 'zod';
import { account, magicLinkRequest, secondFactorCode, signIn } from '../../contracts/api/account.ts';
import { requestMagicLink } from '../auth/auth-js/mount-auth-js.ts';
import { checkPassword } from '../auth/check-password.ts';
import { giveSecondFactor } from '../auth/second-factor.ts';
import { closeSession, openSession } from '../auth/sessions.ts';
import { ApiProblem } from '../problems.ts';
import { defineRoute } from '../route.ts';
import { personOf } from './account.ts';

const tag = 'session';

export const open = defineRoute({
  method: 'post',
  path: '/session',
  summary: 'Sign in with a password',
  description:
    'Sets the session cookie. With `secondFactorDue` in the answer the session opens nothing until `POST /session/second-factor`. ' +
    'Programs use an API key instead.',
  tag,
  auth: 'none',
  body: signIn,
  responses: { 201: account },
  handler: async ({ body, request }, deps) => {
    const user = await checkPassword(deps, request, body);
    if (!user) throw new ApiProblem('wrong-password');
    const opened = await openSession(deps, request, { user, method: 'password' });
    return {
      status: 201,
      body: await personOf(deps, opened),
      headers: { 'set-cookie': opened.cookie },
    };
  },
});

export const close = defineRoute({
  method: 'delete',
  path: '/session',
  summary: 'Sign out',
  tag,
  auth: 'none',
  limit: 'write',
  audit: false,
  responses: { 204: null },
  handler: async ({ request, principal }, deps) => {
    const person = principal?.by === 'session' ? principal : undefined;
    return { status: 204, headers: { 'set-cookie': await closeSession(deps, request, person) } };
  },
});

export const complete = defineRoute({
  method: 'post',
  path: '/session/second-factor',
  summary: 'Give the second factor',
  description:
    'A code of the authenticator app, or a recovery code; each works once. The session gets a new cookie.',
  tag,
  auth: 'second-factor',
  body: secondFactorCode,
  responses: { 200: account },
  handler: async ({ body, request, principal }, deps) => {
    const cookie = await giveSecondFactor(deps, request, principal, body.code);
    const [workspace] = await deps.db.asSystem(({ accounts }) => accounts.workspacesOf(principal.user));
    const session = { user: principal.user, workspace: workspace?.id, secondFactorDue: false };
    return { status: 200, body: await personOf(deps, session), headers: { 'set-cookie': cookie } };
  },
});

export const sendLink = defineRoute({
  method: 'post',
  path: '/session/magic-link',
  summary: 'Mail a link to sign in with',
  description:
    'Answers alike whether there is an account or not. The link works once, for 30 minutes, and leads to `to` in the app.',
  tag,
  auth: 'none',
  limit: 'mail',
  audit: 'session.link-requested',
  body: magicLinkRequest,
  responses: { 202: z.object({}) },
  handler: async ({ body, request }, deps) => {
    const to = `/sign-in/second-factor?${new URLSearchParams({ to: body.to ?? '/' })}`;
    await requestMagicLink(deps, request, { email: body.email, to });
    return { status: 202, body: {} };
  },
});
