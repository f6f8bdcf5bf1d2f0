/** Searching knowledge bases, and choosing one. */
import { useMutation, useQuery } from '@tanstack/react-query';
import type { KnowledgeAnswer, KnowledgeQuery } from '../../../contracts/knowledge/search.ts';
import { request } from './client.ts';
import type { Page } from './use-pages.ts';

/** To choose from: the 200 that were changed last. */
export function useKnowledgeChoices() {
  return useQuery({
    queryKey: ['knowledge', 'choices'],
    queryFn: () => request<Page<{ id: string; name: string }>>('GET', '/knowledge-bases?limit=200'),
  });
}

export function useKnowledgeSearch(base: string) {
  return useMutation({
    mutationFn: (query: KnowledgeQuery) =>
      request<KnowledgeAnswer>('POST', `/knowledge-bases/${encodeURIComponent(base)}/search`, {
        body: query,
      }),
  });
}
