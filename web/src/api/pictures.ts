/** Pictures of other hosts: which of them our server shows, and the hosts that the workspace allows. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { OpenedPicture } from '../../../contracts/api/pictures.ts';
import { request } from './client.ts';

/** Asks which of some pictures are shown, and by which paths. */
export type OpenPictures = (urls: string[]) => Promise<{ items: OpenedPicture[] }>;

const mostAtOnce = 50;

/** All that a message names is asked for at once. */
export function inBatches(open: OpenPictures): (url: string) => Promise<OpenedPicture> {
  type Waiting = { url: string; resolve: (opened: OpenedPicture) => void; reject: (error: unknown) => void };
  let waiting: Waiting[] = [];
  async function ask() {
    const batch = waiting.splice(0, mostAtOnce);
    if (waiting.length > 0) setTimeout(ask);
    try {
      const { items } = await open([...new Set(batch.map(({ url }) => url))]);
      const byUrl = new Map(items.map((item) => [item.url, item]));
      for (const { url, resolve } of batch) resolve(byUrl.get(url) ?? { url });
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
  return (url) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setTimeout(ask);
      waiting = [...waiting, { url, resolve, reject }];
    });
}

export const openPictures: OpenPictures = (urls) => request('POST', '/pictures', { body: { urls } });

/** A person asked for this one, whatever its host. */
export async function loadPicture(url: string): Promise<OpenedPicture> {
  const { items } = await request<{ items: OpenedPicture[] }>('POST', '/pictures', {
    body: { urls: [url], load: true },
  });
  return items[0] ?? { url };
}

const hostsKey = ['picture-hosts'] as const;

export function usePictureHosts() {
  return useQuery({
    queryKey: hostsKey,
    queryFn: () => request<{ hosts: string }>('GET', '/workspace/picture-hosts'),
  });
}

export function useSavePictureHosts() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (hosts: string) =>
      request<{ hosts: string }>('PUT', '/workspace/picture-hosts', { body: { hosts } }),
    onSuccess: async (saved) => {
      client.setQueryData(hostsKey, saved);
      await client.invalidateQueries({ queryKey: ['pictures'] });
    },
  });
}
