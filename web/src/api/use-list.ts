/** A collection that the API gives whole, as `{ items }`. */
import { type QueryKey, useQuery } from '@tanstack/react-query';
import { request } from './client.ts';

export function useList<T>(queryKey: QueryKey, path: string, enabled = true) {
  return useQuery({
    queryKey,
    queryFn: async () => (await request<{ items: T[] }>('GET', path)).items,
    enabled,
  });
}
