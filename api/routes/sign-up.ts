/** Accounts that people make themselves, and the proof of their address. */
import { z } from 'zod';
import { emailVerification, signUp as signUpBody } from '../../contracts/api/account.ts';
import { askForVerification, signUp, verifyEmail } from '../auth/mailed-links.ts';
import { defineRoute } from '../route.ts';

const tag = 'account';

export const create = defineRoute({
  method: 'post',
  path: '/sign-up',
  summary: 'Make an account, where sign-up is open',
  description:
    'Answers alike whether the address has an account already: what comes next is in the mail. The account opens nothing until the ' +
    'mailed link was followed.',
  tag,
  auth: 'none',
  limit: 'mail',
  body: signUpBody,
  responses: { 202: z.object({}) },
  handler: async ({ body, request }, deps) => {
    await signUp(deps, request, body);
    return { status: 202, body: {} };
  },
});

export const verify = defineRoute({
  method: 'post',
  path: '/account/verify-email',
  summary: 'Prove an address with a mailed link',
  description:
    'With the password of the account: the link alone would open it for whoever signed up with this address.',
  tag,
  auth: 'none',
  body: emailVerification,
  responses: { 204: null },
  handler: async ({ body, request }, deps) => {
    await verifyEmail(deps, request, body);
    return { status: 204 };
  },
});

export const sendLink = defineRoute({
  method: 'post',
  path: '/account/verification',
  summary: 'Mail a link that proves one’s address',
  description: 'Nothing is sent when it is proven already.',
  tag,
  auth: 'user',
  limit: 'mail',
  audit: 'email.link-requested',
  responses: { 202: z.object({}) },
  handler: async ({ principal, request }, deps) => {
    await askForVerification(deps, request, principal);
    return { status: 202, body: {} };
  },
});
