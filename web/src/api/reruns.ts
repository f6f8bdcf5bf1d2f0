/** Taking runs up: one with its plan, or all that a filter finds. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { RerunPlan, startRerun } from '../../../contracts/api/reruns.ts';
import type { BulkAction, BulkFilter, BulkJob } from '../../../contracts/bulk.ts';
import { queryString, request } from './client.ts';
import { runKeys } from './runs.ts';

export type RerunChoice = Pick<z.input<typeof startRerun>, 'from' | 'node' | 'version'>;

const at = (id: string) => `/runs/${encodeURIComponent(id)}`;

export function useRerunPlan(run: string, choice: RerunChoice) {
  return useQuery({
    queryKey: ['runs', 'retry-plan', run, choice],
    queryFn: () => request<RerunPlan>('GET', `${at(run)}/retry-plan${queryString(choice)}`),
    enabled: choice.from !== 'node' || choice.node !== undefined,
    placeholderData: (previous) => previous,
    retry: false,
  });
}

export function useRetryRun(run: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof startRerun>) =>
      request<{ id: string }>('POST', `${at(run)}/retry`, { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: runKeys.lists }),
  });
}

export function useBulkCount(action: BulkAction, filter: BulkFilter, enabled: boolean) {
  return useQuery({
    queryKey: ['bulk-jobs', 'count', action, filter],
    queryFn: () => request<{ count: number }>('GET', `/bulk-jobs/count${queryString({ action, ...filter })}`),
    enabled,
    staleTime: 0,
  });
}

/** The latest first. */
export function useBulkJobs(enabled: boolean) {
  return useQuery({
    queryKey: ['bulk-jobs', 'list'],
    queryFn: () => request<{ items: BulkJob[] }>('GET', '/bulk-jobs?limit=5'),
    enabled,
    staleTime: 0,
  });
}

export function useStartBulk() {
  return useMutation({
    mutationFn: (body: { action: BulkAction; filter: BulkFilter }) =>
      request<BulkJob>('POST', '/bulk-jobs', { body }),
  });
}

export const isOver = ({ state }: BulkJob): boolean => state === 'finished' || state === 'cancelled';

/** Asked again every second until it is over. */
export function useBulkJob(id: string | undefined) {
  const client = useQueryClient();
  return useQuery({
    queryKey: ['bulk-jobs', 'one', id],
    queryFn: async () => {
      const job = await request<BulkJob>('GET', `/bulk-jobs/${encodeURIComponent(id ?? '')}`);
      void client.invalidateQueries({ queryKey: runKeys.lists });
      return job;
    },
    enabled: id !== undefined,
    refetchInterval: ({ state }) => (state.data && isOver(state.data) ? false : 1_000),
  });
}

export function useSteerBulk(id: string | undefined) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (verb: 'pause' | 'resume' | 'cancel') =>
      request<BulkJob>('POST', `/bulk-jobs/${encodeURIComponent(id ?? '')}/${verb}`),
    onSettled: () => client.invalidateQueries({ queryKey: ['bulk-jobs', 'one', id] }),
  });
}
