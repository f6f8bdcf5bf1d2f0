/** Who is here, and getting in and out. What a person looks after once they are in is in `account.ts`. */
import { type QueryClient, queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { Action } from '../../../contracts/access/actions.ts';
import { can, type Shared } from '../../../contracts/access/can.ts';
import type {
  Account,
  emailVerification,
  Instance,
  magicLinkRequest,
  passwordForgotten,
  passwordReset,
  SignedIn,
  secondFactorCode,
  setup,
  signIn,
  signUp,
} from '../../../contracts/api/account.ts';
import { request } from './client.ts';
import { ProblemError } from './problem-error.ts';
import { disconnect, reconnect } from './socket.ts';

export function useInstance() {
  return useQuery({
    queryKey: ['instance'],
    queryFn: () => request<Instance>('GET', '/instance'),
    staleTime: 60_000,
  });
}

const accountQuery = queryOptions({
  queryKey: ['account'],
  queryFn: () => request<Account>('GET', '/account'),
  staleTime: 60_000,
});

/** Fails with status 401 while nobody is signed in; `data` is then of whoever was here before. */
export function useAccount() {
  return useQuery(accountQuery);
}

export function isSignedOut(error: unknown): boolean {
  return error instanceof ProblemError && error.status === 401;
}

/**
 * Whether the person may do this in the active workspace, or with what is shared with them at this level: what would be refused is
 * not offered.
 */
export function useCan(action: Action, shared?: Shared): boolean {
  const { data: account } = useAccount();
  if (!account?.workspace) return false;
  return account.actions.includes(action) || can({ role: account.workspace.role }, action, shared);
}

const keptKeys: unknown[] = ['account', 'instance', 'invitation'];

/** Nothing of who was here before is kept but what is about to be asked again, and an invitation that is being used; whoever is here now is known when this resolves. */
export async function enter(client: QueryClient): Promise<void> {
  client.removeQueries({
    predicate: ({ queryKey }) => !keptKeys.includes(queryKey[0]),
  });
  reconnect();
  await Promise.all([
    client.fetchQuery({ ...accountQuery, staleTime: 0 }),
    client.invalidateQueries({ queryKey: ['instance'] }),
  ]);
}

/** Requests that open a session, which may owe the second factor still. */
function useEntering<Body>(path: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Body) => request<SignedIn>('POST', path, { body }),
    onSuccess: () => enter(client),
  });
}

export const useSignIn = () => useEntering<z.input<typeof signIn>>('/session');
export const useSecondFactor = () => useEntering<z.input<typeof secondFactorCode>>('/session/second-factor');
export const useSetup = () => useEntering<z.input<typeof setup>>('/setup');

function usePosting<Body>(path: string) {
  return useMutation({ mutationFn: (body: Body) => request<void>('POST', path, { body }) });
}

/** The account is there once the mailed link was opened. */
export const useSignUp = () => usePosting<z.input<typeof signUp>>('/sign-up');
export const useMagicLink = () => usePosting<z.input<typeof magicLinkRequest>>('/session/magic-link');
export const useForgotPassword = () => usePosting<z.input<typeof passwordForgotten>>('/password/forgotten');
export const useResetPassword = () => usePosting<z.input<typeof passwordReset>>('/password/reset');
export const useVerifyEmail = () => usePosting<z.input<typeof emailVerification>>('/account/verify-email');

/** @param to where a fresh page begins, so that nothing of who was here stays in memory */
export function useSignOut(to = '/sign-in') {
  return useMutation({
    mutationFn: () => request<void>('DELETE', '/session'),
    onSuccess() {
      disconnect();
      window.location.assign(to);
    },
  });
}

/**
 * Sends the browser to another place where the person has an account. Auth.js wants its own CSRF token; asked this way it names
 * the provider's address instead of redirecting there, which our Content-Security-Policy would not let a form do.
 * @param back address of this app where the person arrives signed in
 */
export async function signInWith(provider: string, back: string): Promise<void> {
  const { csrfToken } = await authJs<{ csrfToken: string }>('/auth/csrf');
  const { url } = await authJs<{ url: string }>(`/auth/signin/${encodeURIComponent(provider)}`, {
    method: 'POST',
    headers: { 'x-auth-return-redirect': '1' },
    body: new URLSearchParams({ csrfToken, callbackUrl: new URL(back, window.location.origin).href }),
  });
  window.location.assign(url);
}

async function authJs<T>(path: string, init: RequestInit = {}): Promise<T> {
  const response = await fetch(path, { credentials: 'same-origin', ...init }).catch(() => undefined);
  if (!response?.ok) throw new ProviderError();
  return (await response.json()) as T;
}

/** Signing in with a provider could not even begin. */
export class ProviderError extends Error {}
