/** Turning the second factor on and off. Giving it at sign-in is in `session.ts`. */
import {
  recoveryCodes,
  secondFactorCode,
  secondFactorSetup,
  withPassword,
} from '../../contracts/api/account.ts';
import {
  beginSecondFactor,
  confirmSecondFactor,
  removeSecondFactor,
  renewRecoveryCodes,
} from '../auth/second-factor.ts';
import { defineRoute } from '../route.ts';

const tag = 'account';

export const begin = defineRoute({
  method: 'post',
  path: '/account/second-factor',
  summary: 'Begin to set up the second factor',
  description: 'The secret is shown once, and not asked for until a code confirms it.',
  tag,
  auth: 'user',
  body: withPassword,
  responses: { 201: secondFactorSetup },
  handler: async ({ body, principal, request }, deps) => ({
    status: 201,
    body: await beginSecondFactor(deps, request, principal, body),
  }),
});

export const confirm = defineRoute({
  method: 'post',
  path: '/account/second-factor/confirm',
  summary: 'Turn the second factor on, with a first code',
  description: 'Answers with recovery codes, shown once, and signs every other browser out.',
  tag,
  auth: 'user',
  body: secondFactorCode,
  responses: { 200: recoveryCodes },
  handler: async ({ body, principal, request }, deps) => ({
    status: 200,
    body: { codes: await confirmSecondFactor(deps, request, principal, body.code) },
  }),
});

export const renewCodes = defineRoute({
  method: 'post',
  path: '/account/second-factor/recovery-codes',
  summary: 'New recovery codes; the former end',
  tag,
  auth: 'user',
  body: withPassword,
  responses: { 200: recoveryCodes },
  handler: async ({ body, principal, request }, deps) => ({
    status: 200,
    body: { codes: await renewRecoveryCodes(deps, request, principal, body) },
  }),
});

export const remove = defineRoute({
  method: 'delete',
  path: '/account/second-factor',
  summary: 'Turn the second factor off',
  tag,
  auth: 'user',
  body: withPassword,
  responses: { 204: null },
  handler: async ({ body, principal, request }, deps) => {
    await removeSecondFactor(deps, request, principal, body);
    return { status: 204 };
  },
});
