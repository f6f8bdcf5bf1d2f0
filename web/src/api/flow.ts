/** How the runs of the workspace flow. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { FlowSettings } from '../../../contracts/api/flow.ts';
import { request } from './client.ts';

const key = ['workspace-flow'] as const;

export function useWorkspaceFlow() {
  return useQuery({ queryKey: key, queryFn: () => request<FlowSettings>('GET', '/workspace/flow') });
}

export function useSaveFlow() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: FlowSettings) => request<FlowSettings>('PATCH', '/workspace/flow', { body }),
    onSuccess: (saved) => client.setQueryData(key, saved),
  });
}
