/** Knowledge bases and their documents. Searching them is `knowledge-search.ts`. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { Shared } from '../../../contracts/access/can.ts';
import type {
  createKnowledgeBase,
  createKnowledgeDocument,
  KnowledgeBaseShown,
  KnowledgeDocumentShown,
  updateKnowledgeBase,
} from '../../../contracts/api/knowledge.ts';
import type { Chunk } from '../../../contracts/knowledge/chunk.ts';
import { queryString, request } from './client.ts';
import { useChange } from './use-change.ts';
import { usePages } from './use-pages.ts';

const all = ['knowledge'] as const;
const at = (base: string) => `/knowledge-bases/${encodeURIComponent(base)}`;
const atDocument = (base: string, document: string) =>
  `${at(base)}/documents/${encodeURIComponent(document)}`;

/** How often what is being taken in is looked at, in milliseconds. */
const watchEvery = 2_000;

/** As the policy asks for it. */
export const sharedBase = ({ level }: Pick<KnowledgeBaseShown, 'level'>): Shared => ({
  type: 'knowledge',
  level,
});

export function useKnowledgeBases(search: string) {
  return usePages<KnowledgeBaseShown>([...all, 'list', search], '/knowledge-bases', { search, limit: 50 });
}

export function useKnowledgeBase(id: string) {
  return useQuery({
    queryKey: [...all, 'base', id],
    queryFn: () => request<KnowledgeBaseShown>('GET', at(id)),
    refetchInterval: ({ state }) => (state.data && state.data.documents.busy > 0 ? watchEvery : false),
  });
}

export const useCreateBase = () =>
  useChange(
    (body: z.input<typeof createKnowledgeBase>) =>
      request<KnowledgeBaseShown>('POST', '/knowledge-bases', { body }),
    all,
  );
export const useUpdateBase = (id: string) =>
  useChange(
    (body: z.input<typeof updateKnowledgeBase>) => request<KnowledgeBaseShown>('PATCH', at(id), { body }),
    all,
  );
export const useDeleteBase = () => useChange((id: string) => request<void>('DELETE', at(id)), all);
export const useSyncBase = (id: string) =>
  useChange(() => request<{ documents: number }>('POST', `${at(id)}/sync`), all);

export function useDocuments(base: string, search: string) {
  return usePages<KnowledgeDocumentShown>(
    [...all, 'documents', base, search],
    `${at(base)}/documents`,
    { search, limit: 50 },
    { refetchInterval: (documents) => (documents.some(isBusy) ? watchEvery : false) },
  );
}

export function isBusy({ state }: Pick<KnowledgeDocumentShown, 'state'>): boolean {
  return state === 'waiting' || state === 'running';
}

export function useDocument(base: string, document: string) {
  return useQuery({
    queryKey: [...all, 'document', document],
    queryFn: () => request<KnowledgeDocumentShown>('GET', atDocument(base, document)),
    refetchInterval: ({ state }) => (state.data && isBusy(state.data) ? watchEvery : false),
  });
}

export const useAddDocument = (base: string) =>
  useChange(
    (body: z.input<typeof createKnowledgeDocument>) =>
      request<KnowledgeDocumentShown>('POST', `${at(base)}/documents`, { body }),
    all,
  );
export const useSyncDocument = (base: string) =>
  useChange(
    (document: string) => request<KnowledgeDocumentShown>('POST', `${atDocument(base, document)}/sync`),
    all,
  );
export const useDeleteDocument = (base: string) =>
  useChange((document: string) => request<void>('DELETE', atDocument(base, document)), all);

/** Passages at a time. */
const passagesAtOnce = 50;

/** The passages of a document from a position on. @param version of what is shown: another one is asked for anew */
export function usePassages(base: string, document: string, from: number, version: string | undefined) {
  return useInfiniteQuery({
    queryKey: [...all, 'passages', document, version, from],
    queryFn: ({ pageParam }) =>
      request<{ items: Chunk[] }>(
        'GET',
        `${atDocument(base, document)}/chunks${queryString({ from: pageParam, limit: passagesAtOnce })}`,
      ),
    initialPageParam: from,
    getNextPageParam: ({ items }) => {
      const last = items.at(-1);
      return last && items.length === passagesAtOnce ? last.position + 1 : undefined;
    },
  });
}
