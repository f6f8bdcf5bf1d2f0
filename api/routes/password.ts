/** Changing a password, and getting a new one when it is forgotten. */
import { z } from 'zod';
import { changePassword, passwordForgotten, passwordReset } from '../../contracts/api/account.ts';
import { mailResetLink, resetPassword } from '../auth/mailed-links.ts';
import { setPassword } from '../auth/set-password.ts';
import { defineRoute } from '../route.ts';

const tag = 'account';

export const change = defineRoute({
  method: 'put',
  path: '/account/password',
  summary: 'Change one’s password',
  description:
    'Signs every other browser out. `current` may be left out by who has none yet: a second factor, if there is one, is asked for by `code`.',
  tag,
  auth: 'user',
  body: changePassword,
  responses: { 204: null },
  handler: async ({ body, principal, request }, deps) => {
    await setPassword(deps, request, principal, body);
    return { status: 204 };
  },
});

export const forget = defineRoute({
  method: 'post',
  path: '/password/forgotten',
  summary: 'Mail a link to set a new password with',
  description: 'Answers alike whether there is an account or not. The link works once, for 30 minutes.',
  tag,
  auth: 'none',
  limit: 'mail',
  audit: 'password.link-requested',
  body: passwordForgotten,
  responses: { 202: z.object({}) },
  handler: ({ body, request }, deps) => {
    mailResetLink(deps, request, body.email);
    return { status: 202, body: {} };
  },
});

export const reset = defineRoute({
  method: 'post',
  path: '/password/reset',
  summary: 'Set a new password with a mailed link',
  description: 'Signs every browser out. Signing in still asks for the second factor.',
  tag,
  auth: 'none',
  body: passwordReset,
  responses: { 204: null },
  handler: async ({ body, request }, deps) => {
    await resetPassword(deps, request, body);
    return { status: 204 };
  },
});
