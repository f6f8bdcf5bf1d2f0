/** Groups of members, which things are shared with together. */
import type { z } from 'zod';
import type { Group, saveGroup } from '../../../contracts/api/workspaces.ts';
import { request } from './client.ts';
import { useChange } from './use-change.ts';
import { useList } from './use-list.ts';

const groupsKey = ['groups'];
const at = (id: string) => `/groups/${encodeURIComponent(id)}`;

export const useGroups = (enabled = true) => useList<Group>(groupsKey, '/groups', enabled);

/** Without `id`, a new one. */
export const useSaveGroup = () =>
  useChange(
    ({ id, ...body }: z.input<typeof saveGroup> & { id?: string | undefined }) =>
      id === undefined
        ? request<Group>('POST', '/groups', { body })
        : request<Group>('PUT', at(id), { body }),
    groupsKey,
  );
export const useDeleteGroup = () => useChange((id: string) => request<void>('DELETE', at(id)), groupsKey);
