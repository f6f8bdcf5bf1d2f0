/** Credentials: which there are and what they are for. Secrets go in and never come back. */
import type { z } from 'zod';
import type {
  Credential,
  CredentialTest,
  createCredential,
  testCredential,
  updateCredential,
} from '../../../contracts/api/credentials.ts';
import { request } from './client.ts';
import { useChange } from './use-change.ts';
import { useList } from './use-list.ts';

const credentialsKey = ['credentials'];
const at = (id: string) => `/credentials/${encodeURIComponent(id)}`;

export const useCredentials = (enabled = true) =>
  useList<Credential>(credentialsKey, '/credentials', enabled);

export const useCreateCredential = () =>
  useChange(
    (body: z.input<typeof createCredential>) => request<Credential>('POST', '/credentials', { body }),
    credentialsKey,
  );
export const useUpdateCredential = () =>
  useChange(
    ({ id, ...body }: z.input<typeof updateCredential> & { id: string }) =>
      request<Credential>('PATCH', at(id), { body }),
    credentialsKey,
  );
/** `force`: although published automations use it. */
export const useDeleteCredential = () =>
  useChange(
    ({ id, force }: { id: string; force: boolean }) =>
      request<void>('DELETE', `${at(id)}${force ? '?force=true' : ''}`),
    credentialsKey,
  );
/** As it is saved. */
export const useTestCredential = () =>
  useChange((id: string) => request<CredentialTest>('POST', `${at(id)}/test`), credentialsKey);
/** Values before they are saved. */
export const useTryCredential = () =>
  useChange((body: z.input<typeof testCredential>) =>
    request<CredentialTest>('POST', '/credentials/test', { body }),
  );
/** Where the browser goes to give consent. */
export const useConnectCredential = () =>
  useChange((id: string) => request<{ url: string }>('POST', `${at(id)}/connect`));
