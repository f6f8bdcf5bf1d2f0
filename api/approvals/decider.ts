/** Who somebody is, as approvals name people. */
import { createHash } from 'node:crypto';
import type { WorkspacePrincipal } from '../auth/principal.ts';
import type { ApiDeps } from '../deps.ts';

export interface Decider {
  /** `user:<id>`, `email:<address>`, `role:<name>`, `group:<id>`: an approval asks whoever has one of its keys. */
  keys: string[];
  /** By which their decision is kept; undefined: a program, which is asked for no decision. */
  approver: string | undefined;
  name: string;
}

/** A personal API key acts for its person. A service account sees what its role is asked, and decides nothing. */
export async function deciderOf(
  principal: WorkspacePrincipal,
  { db }: Pick<ApiDeps, 'db'>,
): Promise<Decider> {
  const { workspace, role, user } = principal;
  if (user === undefined) return { keys: [`role:${role}`], approver: undefined, name: principal.name };
  const [account, groups] = await Promise.all([
    db.asSystem(({ accounts }) => accounts.findUser(user)),
    db.inWorkspace(workspace, (repositories) => repositories.groups.list()),
  ]);
  const own = groups.filter(({ members }) => members.some((member) => member.user === user));
  const address = account?.emailVerified ? [emailKey(account.email)] : [];
  return {
    keys: [`user:${user}`, ...address, `role:${role}`, ...own.map(({ id }) => `group:${id}`)],
    approver: `user:${user}`,
    name: account?.name ?? principal.name,
  };
}

/** Who has a link in their mail. */
export function deciderByMail(email: string): Decider & { approver: string } {
  return { keys: [emailKey(email)], approver: emailKey(email), name: email };
}

function emailKey(email: string): string {
  return `email:${email.toLowerCase()}`;
}

/** The id of the message that brings a decision: the same person's second one is the same message. */
export function decisionId(approval: string, approver: string): string {
  return `decision:${createHash('sha256').update(`${approval} ${approver}`).digest('base64url')}`;
}
