/** Whom the approvers of a question are, in this workspace, now. */
import { z } from 'zod';
import { roles, roleTexts } from '../../contracts/access/roles.ts';
import type { Approver } from '../../contracts/approvals.ts';
import type { Database } from '../../db/index.ts';

/** Somebody to write to. */
export interface AskedPerson {
  email: string;
  /** A member decides in the app; anybody else by the link in their mail. */
  member: boolean;
  /** By which their decision is known. */
  keys: string[];
}

export interface FoundApprovers {
  /** Of who may decide. A role or a group stays one: whoever joins it later may decide too. */
  keys: string[];
  people: AskedPerson[];
}

const isAddress = (text: string) => z.email().safeParse(text).success;
const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/** Names of nobody are left out. */
export async function findApprovers(
  db: Database,
  workspace: string,
  approvers: readonly Approver[],
): Promise<FoundApprovers> {
  const [members, groups] = await Promise.all([
    db.asSystem((system) => system.members.list(workspace)),
    db.inWorkspace(workspace, (tenant) => tenant.groups.list()),
  ]);
  const keys = new Set<string>();
  const people = new Map<string, AskedPerson>();
  const addMembers = (users: readonly string[]) => {
    for (const { user, email } of members.filter((member) => users.includes(member.user)))
      people.set(email.toLowerCase(), { email, member: true, keys: [`user:${user}`, emailKey(email)] });
  };
  const addAddress = (email: string) => {
    keys.add(emailKey(email));
    if (!people.has(email.toLowerCase()))
      people.set(email.toLowerCase(), { email, member: false, keys: [emailKey(email)] });
  };
  for (const { kind, who } of approvers) {
    if (kind === 'role') {
      const role = roles.find((name) =>
        [name, ...Object.values(roleTexts[name].name)].some((text) => same(text, who)),
      );
      if (!role) continue;
      keys.add(`role:${role}`);
      addMembers(members.filter((member) => member.role === role).map(({ user }) => user));
    } else if (kind === 'group') {
      const group = groups.find(({ id, name }) => id === who || same(name, who));
      if (!group) continue;
      keys.add(`group:${group.id}`);
      addMembers(group.members.map(({ user }) => user));
    } else {
      const member = members.find(({ user, email }) => user === who || same(email, who));
      if (member) {
        keys.add(`user:${member.user}`);
        addMembers([member.user]);
      } else if (isAddress(who)) addAddress(who);
    }
  }
  return { keys: [...keys], people: [...people.values()] };
}

export function emailKey(email: string): string {
  return `email:${email.toLowerCase()}`;
}
