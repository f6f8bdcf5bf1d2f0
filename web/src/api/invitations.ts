/** Open invitations into the workspace, for who manages its members. */
import type { z } from 'zod';
import type { CreatedInvitation, createInvitation, Invitation } from '../../../contracts/api/workspaces.ts';
import { request } from './client.ts';
import { useChange } from './use-change.ts';
import { useList } from './use-list.ts';

const invitationsKey = ['invitations'];

export const useInvitations = () => useList<Invitation>(invitationsKey, '/invitations');
export const useInvite = () =>
  useChange(
    (body: z.input<typeof createInvitation>) => request<CreatedInvitation>('POST', '/invitations', { body }),
    invitationsKey,
  );
export const useRevokeInvitation = () =>
  useChange(
    (id: string) => request<void>('DELETE', `/invitations/${encodeURIComponent(id)}`),
    invitationsKey,
  );
