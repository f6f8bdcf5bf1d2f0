/** The active workspace and what may become of it. Getting into one is in `joining.ts`. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Member, Workspace } from '../../../contracts/api/workspaces.ts';
import { request } from './client.ts';
import { enter } from './session.ts';
import { useChange } from './use-change.ts';
import { useList } from './use-list.ts';

const workspaceKey = ['workspace'];
const deletedKey = ['deleted-workspaces'];
const accountKey = ['account'];
const membersKey = ['members'];

export function useWorkspace() {
  return useQuery({ queryKey: workspaceKey, queryFn: () => request<Workspace>('GET', '/workspace') });
}

export const useRenameWorkspace = () =>
  useChange(
    (name: string) => request<Workspace>('PATCH', '/workspace', { body: { name } }),
    workspaceKey,
    accountKey,
  );

export const useTransferWorkspace = () =>
  useChange(
    (user: string) => request<Member>('POST', '/workspace/transfer', { body: { user } }),
    membersKey,
    accountKey,
  );

/** Changes which workspaces one is in, and with them all that is shown. */
function useGoing<Input, Output>(change: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSuccess: () => enter(client) });
}

/** @param id of the workspace */
export const useLeaveWorkspace = () =>
  useGoing((id: string) => request<void>('DELETE', `/account/workspaces/${encodeURIComponent(id)}`));
/** @param name of the workspace, typed again */
export const useDeleteWorkspace = () =>
  useGoing((name: string) => request<Workspace>('DELETE', '/workspace', { body: { name } }));

export const useDeletedWorkspaces = () => useList<Workspace>(deletedKey, '/workspaces/deleted');
export const useRestoreWorkspace = () =>
  useChange(
    (id: string) => request<Workspace>('POST', `/workspaces/${encodeURIComponent(id)}/restore`),
    deletedKey,
    accountKey,
  );
