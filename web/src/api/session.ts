/** Who is here, and getting in and out. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { Account, Instance, setup, signIn } from '../../../contracts/api/account.ts';
import { request } from './client.ts';
import { reconnect } from './socket.ts';

export function useInstance() {
  return useQuery({
    queryKey: ['instance'],
    queryFn: () => request<Instance>('GET', '/instance'),
    staleTime: 60_000,
  });
}

/** Fails with status 401 while nobody is signed in. */
export function useAccount() {
  return useQuery({
    queryKey: ['account'],
    queryFn: () => request<Account>('GET', '/account'),
    staleTime: 60_000,
  });
}

function useEntering<Body>(path: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Body) => request<Account>('POST', path, { body }),
    async onSuccess() {
      reconnect();
      await client.invalidateQueries();
    },
  });
}

export const useSignIn = () => useEntering<z.input<typeof signIn>>('/session');
export const useSetup = () => useEntering<z.input<typeof setup>>('/setup');

export function useSignOut() {
  return useMutation({
    mutationFn: () => request<void>('DELETE', '/session'),
    // A fresh page: nothing of who was here stays in memory.
    onSuccess: () => window.location.assign('/sign-in'),
  });
}
