/** Who is in the workspace, and as what. */
import type { AssignableRole } from '../../../contracts/access/roles.ts';
import type { Member } from '../../../contracts/api/workspaces.ts';
import { request } from './client.ts';
import { useChange } from './use-change.ts';
import { useList } from './use-list.ts';

export const membersKey = ['members'];
const at = (user: string) => `/members/${encodeURIComponent(user)}`;

export const useMembers = (enabled = true) => useList<Member>(membersKey, '/members', enabled);

export const useSetRole = () =>
  useChange(
    ({ user, role }: { user: string; role: AssignableRole }) =>
      request<Member>('PATCH', at(user), { body: { role } }),
    membersKey,
  );
/** Their groups go with them. */
export const useRemoveMember = () =>
  useChange((user: string) => request<void>('DELETE', at(user)), membersKey, ['groups']);
