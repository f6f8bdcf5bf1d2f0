/**
 * Invitations. The link's token stands in its fragment, which browsers send to no server: it is in no log on the way. Whatever is
 * wrong with one (unknown, used, expired, revoked, its workspace deleted) gets one and the same answer.
 *
 * With an e-mail the link goes out by mail and is shown to nobody else, so that who uses it has read that mailbox. Who signs up
 * with an address that has an account is told so: to an invited address that is no news to its owner, and by an open link only
 * those learn it whom a member gave the link, within the rate limit of sign-ins and with a row in the audit log.
 */
import { z } from 'zod';
import { mayAssign } from '../../contracts/access/may-assign.ts';
import {
  acceptedInvitation,
  createdInvitation,
  createInvitation,
  invitationList,
  invitationPreview,
  invitationToken,
  signUpByInvitation,
} from '../../contracts/api/workspaces.ts';
import { text } from '../../contracts/text.ts';
import { type TakenInvitation, toPreview } from '../../db/index.ts';
import { audit } from '../audit/audit.ts';
import { linkOrigin } from '../auth/link-origin.ts';
import { hashPassword } from '../auth/password.ts';
import { hashToken, randomToken } from '../auth/secrets.ts';
import { openSession } from '../auth/sessions.ts';
import { invitationMail } from '../invitations/invitation-mail.ts';
import { ApiProblem, languageOf, notFound } from '../problems.ts';
import { defineRoute } from '../route.ts';
import { personOf } from './account.ts';

const tag = 'invitations';

export const list = defineRoute({
  method: 'get',
  path: '/invitations',
  summary: 'Invitations that can still be used',
  tag,
  auth: 'member.manage',
  responses: { 200: invitationList },
  handler: async ({ principal }, { db }) => ({
    status: 200,
    body: { items: await db.inWorkspace(principal.workspace, ({ invitations }) => invitations.list()) },
  }),
});

export const create = defineRoute({
  method: 'post',
  path: '/invitations',
  summary: 'Invite somebody, by mail or by a link',
  description:
    'With an e-mail the link is mailed, only that address may use it, and a former invitation to it ends. Without one the answer holds the link, this once. Not with an Idempotency-Key: the answer would have to be kept.',
  tag,
  auth: 'member.manage',
  limit: 'mail',
  audit: 'invitation.create',
  body: createInvitation,
  responses: { 201: createdInvitation },
  handler: async ({ principal, body, request, note }, { db, config, mailer, log }) => {
    const { workspace, role: by } = principal;
    const { email, role, expiresInDays: days } = body;
    if (!mayAssign(by, role)) throw new ApiProblem('forbidden');
    const token = randomToken();
    const expiresAt = new Date(Date.now() + days * 86_400_000);
    const createdBy = principal.user ?? (principal.by === 'key' ? principal.key : '');
    const made = await db.inWorkspace(workspace, ({ invitations }) =>
      invitations.create({ tokenHash: hashToken(token), email, role, createdBy, expiresAt }),
    );
    if (!made) throw new ApiProblem('already-member');
    note({ resource: { type: 'invitation', id: made.id }, after: { role, ...(email && { email }) } });
    const url = `${linkOrigin(config, request)}/invitation#token=${token}`;
    if (made.email === undefined) return { status: 201, body: { ...made, url } };

    const home = await db.asSystem(({ workspaces }) => workspaces.find(workspace));
    const language = languageOf(request.headers['accept-language']);
    const names = { workspace: home?.name ?? '', inviter: principal.name };
    try {
      await mailer.send(invitationMail({ to: made.email, ...names, url, days, language }));
    } catch (error) {
      log.warn({ err: error, invitation: made.id }, 'an invitation could not be mailed');
      await db.inWorkspace(workspace, ({ invitations }) => invitations.revoke(made.id));
      throw new ApiProblem('unavailable', { what: text('The mail server', 'O servidor de e-mail') });
    }
    return { status: 201, body: made };
  },
});

export const revoke = defineRoute({
  method: 'delete',
  path: '/invitations/:id',
  summary: 'Revoke an invitation',
  tag,
  auth: 'member.manage',
  audit: 'invitation.revoke',
  params: z.object({ id: z.string() }),
  responses: { 204: null },
  handler: async ({ principal, params: { id }, note }, { db }) => {
    const revoked = await db.inWorkspace(principal.workspace, ({ invitations }) => invitations.revoke(id));
    if (!revoked) throw notFound('invitation');
    const { role, email } = revoked;
    note({ resource: { type: 'invitation', id }, before: { role, ...(email && { email }) } });
    return { status: 204 };
  },
});

export const preview = defineRoute({
  method: 'post',
  path: '/invitations/preview',
  summary: 'What an invitation is to, for who holds its token',
  tag,
  auth: 'none',
  audit: false,
  body: invitationToken,
  responses: { 200: invitationPreview },
  handler: async ({ body }, { db }) => {
    const found = await db.asSystem(({ invitations }) => invitations.find(hashToken(body.token)));
    if (!found) throw new ApiProblem('invitation-invalid');
    return { status: 200, body: toPreview(found) };
  },
});

export const accept = defineRoute({
  method: 'post',
  path: '/invitations/accept',
  summary: 'Join the workspace that an invitation is to',
  description:
    'One that names an e-mail is for whoever is signed in with it, verified. The workspace is the active one from here on.',
  tag,
  auth: 'user',
  audit: 'invitation.accept',
  body: invitationToken,
  responses: { 200: acceptedInvitation },
  handler: async ({ principal, body, request }, deps) => {
    const { db } = deps;
    const result = await db.asSystem(({ invitations }) =>
      invitations.accept(hashToken(body.token), principal.user),
    );
    if (result.kind !== 'accepted') throw refusalOf(result.kind);
    const { invitation } = result;
    await db.asSystem(({ sessions }) => sessions.enter(principal.session, invitation.workspace));
    await audit(deps, { principal, request }, joined(invitation));
    return { status: 200, body: await personOf(deps, { ...principal, workspace: invitation.workspace }) };
  },
});

export const signUp = defineRoute({
  method: 'post',
  path: '/invitations/sign-up',
  summary: 'Make an account by an invitation, and join',
  description: 'Signs the new member in. Who has an account signs in and accepts instead.',
  tag,
  auth: 'none',
  audit: 'invitation.accept',
  body: signUpByInvitation,
  responses: { 201: acceptedInvitation },
  handler: async ({ body: { token, email, name, password }, request }, deps) => {
    const tokenHash = hashToken(token);
    // Before the hash of the password, which is work that nobody without a token can ask for.
    if (!(await deps.db.asSystem(({ invitations }) => invitations.find(tokenHash))))
      throw new ApiProblem('invitation-invalid');
    const passwordHash = await hashPassword(password);
    const result = await deps.db.asSystem(({ invitations }) =>
      invitations.signUp(tokenHash, { email, name, passwordHash }),
    );
    if (result.kind !== 'accepted') throw refusalOf(result.kind);
    const { invitation } = result;
    const actor = { type: 'user' as const, id: invitation.user, name };
    await audit(deps, { request }, { ...joined(invitation), actor });
    const user = { id: invitation.user, name, secondFactor: false };
    const opened = await openSession(deps, request, { user, method: 'invitation' });
    return { status: 201, body: await personOf(deps, opened), headers: { 'set-cookie': opened.cookie } };
  },
});

const refusals = {
  invalid: 'invitation-invalid',
  'another-address': 'invitation-for-another',
  'already-member': 'already-member',
  'email-taken': 'email-taken',
} as const;

function refusalOf(kind: keyof typeof refusals): ApiProblem {
  return new ApiProblem(refusals[kind]);
}

function joined({ id, workspace, role }: TakenInvitation) {
  return { action: 'invitation.accept', workspace, resource: { type: 'invitation', id }, after: { role } };
}
