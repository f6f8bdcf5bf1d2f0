/** How long runs are kept, of the workspace and of one automation. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { AutomationRetention, Retention, workspaceRetention } from '../../../contracts/api/retention.ts';
import { request } from './client.ts';

const key = ['retention'] as const;
const ofAutomation = (id: string) => `/automations/${encodeURIComponent(id)}/retention`;

export function useWorkspaceRetention() {
  return useQuery({
    queryKey: [...key, 'workspace'],
    queryFn: () => request<z.output<typeof workspaceRetention>>('GET', '/workspace/retention'),
  });
}

export function useAutomationRetention(id: string, enabled: boolean) {
  return useQuery({
    queryKey: [...key, 'automation', id],
    queryFn: () => request<AutomationRetention>('GET', ofAutomation(id)),
    enabled,
  });
}

/** @param automation left out: the workspace's */
export function useKeep(automation?: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Partial<AutomationRetention> | Partial<Retention>) =>
      request<unknown>(
        'PATCH',
        automation === undefined ? '/workspace/retention' : ofAutomation(automation),
        { body },
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
  });
}

export function useHoldRun(run: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (hold: boolean) =>
      request<unknown>('PUT', `/runs/${encodeURIComponent(run)}/hold`, { body: { hold } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['runs', 'one', run] }),
  });
}
