/** What other programs may name as `model`, as far as whoever looks may use it. */
import { useQuery } from '@tanstack/react-query';
import type { OpenAiModelList } from '../../../contracts/api/openai/models.ts';
import { request } from './client.ts';

export function useNamedModels() {
  return useQuery({
    queryKey: ['named-models'],
    queryFn: ({ signal }) => request<OpenAiModelList>('GET', '/v1/models', { root: '', signal }),
  });
}
