/** What was granted to the person on one automation or agent, where their role does not do. */
import { useQuery } from '@tanstack/react-query';
import type { GrantLevel } from '../../../contracts/access/roles.ts';
import type { Agent } from '../../../contracts/api/agents.ts';
import { request } from './client.ts';

export function useLevel(kind: 'automation' | 'agent', id: string, enabled: boolean): GrantLevel | undefined {
  const { data } = useQuery({
    queryKey: ['levels', kind, id],
    queryFn: () => request<Pick<Agent, 'level'>>('GET', `/${kind}s/${encodeURIComponent(id)}`),
    // Refused: they may not even look at it.
    ...{ enabled, retry: false, staleTime: 60_000 },
  });
  return data?.level;
}
