/** Workspaces, their members, invitations, groups, and what is shared with whom. */
import { z } from 'zod';
import { assignableRole, grantLevel, resourceType, role } from '../access/roles.ts';
import { account, email, newPassword } from './account.ts';
import { moment } from './page.ts';

const name = z.string().trim().min(1).max(64);

/** How long a deleted workspace can be restored, in days; it is purged then. */
export const workspaceGraceDays = 30;

export const workspace = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: moment,
  /** When it is purged for good; set while it is deleted and can be restored. */
  purgedAt: moment.optional(),
});
export type Workspace = z.output<typeof workspace>;
export const createWorkspace = z.object({ name });
export const updateWorkspace = z.object({ name });
/** The name typed again. */
export const deleteWorkspace = z.object({ name: z.string() });
export const enterWorkspace = z.object({ workspace: z.string() });
export const transferWorkspace = z.object({ user: z.string() });
/** Deleted ones that their owner can still restore. */
export const deletedWorkspaces = z.object({ items: z.array(workspace) });

export const member = z.object({
  user: z.string(),
  name: z.string(),
  email: z.string(),
  role,
  joinedAt: moment,
  lastSeenAt: moment.optional(),
  secondFactor: z.boolean(),
});
export type Member = z.output<typeof member>;
export const memberList = z.object({ items: z.array(member) });
export const updateMember = z.object({ role: assignableRole });

export const invitation = z.object({
  id: z.string(),
  /** Absent: whoever has the link. */
  email: z.string().optional(),
  role: assignableRole,
  /** Name of the member or key; empty when they are gone. */
  createdBy: z.string(),
  createdAt: moment,
  expiresAt: moment,
});
export type Invitation = z.output<typeof invitation>;
export const invitationList = z.object({ items: z.array(invitation) });
/** With an e-mail the link is mailed, and only that address may use it. */
export const createInvitation = z.object({
  email: email.optional(),
  role: assignableRole,
  expiresInDays: z.int().min(1).max(30).default(7),
});
/**
 * The link is shown this once. Absent where it went out by mail: then whoever has it has read that mailbox, which is what lets a
 * sign-up by it count as a verified address.
 */
export const createdInvitation = invitation.extend({ url: z.string().optional() });
export type CreatedInvitation = z.output<typeof createdInvitation>;

/** What the holder of a link sees before they decide. */
export const invitationPreview = z.object({
  workspace: z.string(),
  role: assignableRole,
  email: z.string().optional(),
  expiresAt: moment,
});
export type InvitationPreview = z.output<typeof invitationPreview>;
export const invitationToken = z.object({ token: z.string().min(1).max(200) });
/** Sign-up by invitation: makes the account, joins and signs in. Somebody with an account signs in and accepts. */
export const signUpByInvitation = invitationToken.extend({ email, name, password: newPassword });
/** In the workspace that was joined. */
export const acceptedInvitation = account;

export const group = z.object({
  id: z.string(),
  name: z.string(),
  members: z.array(z.object({ user: z.string(), name: z.string() })),
  createdAt: moment,
});
export type Group = z.output<typeof group>;
export const groupList = z.object({ items: z.array(group) });
export const saveGroup = z.object({ name, members: z.array(z.string()).max(1_000).default([]) });

export const grantee = z.discriminatedUnion('type', [
  z.object({ type: z.enum(['user', 'group']), id: z.string() }),
  z.object({ type: z.literal('everyone') }),
]);
export const grant = z.object({
  id: z.string(),
  resource: z.object({ type: resourceType, id: z.string() }),
  grantee,
  granteeName: z.string(),
  level: grantLevel,
  createdAt: moment,
});
export type Grant = z.output<typeof grant>;
export const grantList = z.object({ items: z.array(grant) });
export const putGrant = z.object({ grantee, level: grantLevel });
