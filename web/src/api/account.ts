/** What a person looks after themselves: name, password, second factor, sessions. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  changePassword,
  recoveryCodes,
  Session,
  secondFactorCode,
  secondFactorSetup,
  updateProfile,
  withPassword,
} from '../../../contracts/api/account.ts';
import { request } from './client.ts';

type RecoveryCodes = z.output<typeof recoveryCodes>;
type SecondFactorSetup = z.output<typeof secondFactorSetup>;

const sessionsKey = ['sessions'];

/** A change after which the account looks different. */
function useAccountChange<Body, Result = void>(change: (body: Body) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => client.invalidateQueries({ queryKey: ['account'] }),
  });
}

export const useUpdateProfile = () =>
  useAccountChange((body: z.input<typeof updateProfile>) => request<void>('PATCH', '/account', { body }));

/** Other sessions are ended with it. */
export function useChangePassword() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof changePassword>) => request<void>('PUT', '/account/password', { body }),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['account'] }),
        client.invalidateQueries({ queryKey: sessionsKey }),
      ]),
  });
}

export function useSendVerification() {
  return useMutation({ mutationFn: () => request<void>('POST', '/account/verification') });
}

/** A new secret, not asked for until `useConfirmSecondFactor` has seen a code of it. */
export function useSetUpSecondFactor() {
  return useMutation({
    mutationFn: (body: z.input<typeof withPassword>) =>
      request<SecondFactorSetup>('POST', '/account/second-factor', { body }),
  });
}

/** The caller shows the codes first: the account is to be asked for again when they were seen. */
export function useConfirmSecondFactor() {
  return useMutation({
    mutationFn: (body: z.input<typeof secondFactorCode>) =>
      request<RecoveryCodes>('POST', '/account/second-factor/confirm', { body }),
  });
}

export function useNewRecoveryCodes() {
  return useMutation({
    mutationFn: (body: z.input<typeof withPassword>) =>
      request<RecoveryCodes>('POST', '/account/second-factor/recovery-codes', { body }),
  });
}

export const useRemoveSecondFactor = () =>
  useAccountChange((body: z.input<typeof withPassword>) =>
    request<void>('DELETE', '/account/second-factor', { body }),
  );

export function useSessions() {
  return useQuery({
    queryKey: sessionsKey,
    queryFn: async () => (await request<{ items: Session[] }>('GET', '/account/sessions')).items,
  });
}

function useSessionsChange<Body>(change: (body: Body) => Promise<void>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => client.invalidateQueries({ queryKey: sessionsKey }),
  });
}

export const useRevokeSession = () =>
  useSessionsChange((id: string) => request<void>('DELETE', `/account/sessions/${encodeURIComponent(id)}`));
export const useRevokeOtherSessions = () =>
  useSessionsChange((_: undefined) => request<void>('DELETE', '/account/sessions'));
