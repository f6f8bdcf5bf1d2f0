/** Tells people in the app that something was shared with them: a member, or those who are in a group now. Not what everybody got. */
import { type StoredGrant, threadOf } from '../../db/index.ts';
import { tellNotified } from '../../runs/tell-notified.ts';
import type { WorkspacePrincipal } from '../auth/principal.ts';
import type { ApiDeps } from '../deps.ts';

/** The same level given again is no news. @param name of what was shared */
export async function notifyGrantees(
  { db, bus }: Pick<ApiDeps, 'db' | 'bus'>,
  { workspace, user, name: by }: WorkspacePrincipal,
  { id: grant, resource, grantee, level }: StoredGrant,
  name: string,
): Promise<void> {
  const { type, id } = resource;
  if (grantee.type === 'everyone' || type === 'knowledge') return;
  const told = await db.inWorkspace(workspace, async ({ groups, chat }) => {
    const members = grantee.type === 'user' ? [grantee.id] : await membersOf(grantee.id);
    return chat.notifications.tell(
      members.filter((member) => member !== user).map((member) => `user:${member}`),
      {
        key: `grant:${grant}:${level}`,
        thread: threadOf('shared', `${type}:${id}`),
        about: { kind: 'shared', resource: { type, id, name }, level, by },
      },
    );

    async function membersOf(group: string): Promise<string[]> {
      const found = (await groups.list()).find((one) => one.id === group);
      return found?.members.map((member) => member.user) ?? [];
    }
  });
  tellNotified({ bus }, workspace, told);
}
