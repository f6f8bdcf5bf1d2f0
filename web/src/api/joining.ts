/** Getting into workspaces: making one, entering one, and what an invitation's link opens. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import type { z } from 'zod';
import type {
  createWorkspace,
  enterWorkspace,
  InvitationPreview,
  invitationToken,
  signUpByInvitation,
  Workspace,
} from '../../../contracts/api/workspaces.ts';
import { forgetInvitation } from '../lib/kept-invitation.ts';
import { request } from './client.ts';
import { enter } from './session.ts';

export function useEnterWorkspace() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof enterWorkspace>) =>
      request<unknown>('POST', '/account/workspace', { body }),
    onSuccess: () => enter(client),
  });
}

/** Whoever makes one is in it from then on, and comes to its Home: what was open belongs to another. */
export function useCreateWorkspace() {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (body: z.input<typeof createWorkspace>) =>
      request<Workspace>('POST', '/workspaces', { body }),
    async onSuccess() {
      await navigate('/');
      await enter(client);
    },
  });
}

/** A POST, so that the token is in no log of addresses. */
export function useInvitation(token: string) {
  return useQuery({
    queryKey: ['invitation', token],
    queryFn: () => request<InvitationPreview>('POST', '/invitations/preview', { body: { token } }),
    enabled: token !== '',
    retry: false,
  });
}

/** Leads Home by itself: the page of the invitation is another one as soon as somebody is signed in. */
function useJoining<Body>(path: string) {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (body: Body) => request<unknown>('POST', path, { body }),
    async onSuccess() {
      forgetInvitation();
      await enter(client);
      await navigate('/');
    },
  });
}

export const useAcceptInvitation = () => useJoining<z.input<typeof invitationToken>>('/invitations/accept');
export const useSignUpByInvitation = () =>
  useJoining<z.input<typeof signUpByInvitation>>('/invitations/sign-up');
