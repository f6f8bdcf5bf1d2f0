/** API keys: one's own, and those of the workspace for who manages them. */
import type { z } from 'zod';
import type {
  ApiKey,
  CreatedApiKey,
  createPersonalKey,
  createServiceKey,
} from '../../../contracts/api/keys.ts';
import { request } from './client.ts';
import { useChange } from './use-change.ts';
import { useList } from './use-list.ts';

const keysKey = ['keys'];

/** `personal`: of the person, in the active workspace; `workspace`: service accounts and everybody's. */
export type KeysOf = 'personal' | 'workspace';
export const keysPath = (of: KeysOf) => (of === 'personal' ? '/account/keys' : '/keys');

export const useKeys = (of: KeysOf) => useList<ApiKey>([...keysKey, of], keysPath(of));

export const useCreatePersonalKey = () =>
  useChange(
    (body: z.input<typeof createPersonalKey>) => request<CreatedApiKey>('POST', '/account/keys', { body }),
    keysKey,
  );
export const useCreateServiceKey = () =>
  useChange(
    (body: z.input<typeof createServiceKey>) => request<CreatedApiKey>('POST', '/keys', { body }),
    keysKey,
  );
export const useDeleteKey = (of: KeysOf) =>
  useChange((id: string) => request<void>('DELETE', `${keysPath(of)}/${encodeURIComponent(id)}`), keysKey);
