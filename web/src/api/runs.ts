/** Runs: the list with its filters, one with its steps, starting and cancelling. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { z } from 'zod';
import type { Run, RunSummary, Step, StepOutputs, startRun } from '../../../contracts/api/runs.ts';
import type { RunTrigger } from '../../../contracts/run.ts';
import { isTerminal, type RunState } from '../../../contracts/states.ts';
import { queryString, request } from './client.ts';
import { useCan } from './session.ts';
import { liveSocket, watchRun } from './socket.ts';
import { type Page, usePages } from './use-pages.ts';

export type RunFilters = {
  automation?: string | undefined;
  state?: RunState | undefined;
  trigger?: RunTrigger | undefined;
  /** A run's id, or its workflow's. */
  id?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
};

export const runKeys = {
  all: ['runs'] as const,
  lists: ['runs', 'list'] as const,
  list: (filters: RunFilters, limit: number) => ['runs', 'list', filters, limit] as const,
  one: (id: string) => ['runs', 'one', id] as const,
};

const at = (id: string) => `/runs/${encodeURIComponent(id)}`;

export const listRuns = (filters: RunFilters, limit: number) =>
  request<Page<RunSummary>>('GET', `/runs${queryString({ ...filters, limit })}`);

export function useRuns(filters: RunFilters = {}, limit = 50) {
  return usePages<RunSummary>(runKeys.list(filters, limit), '/runs', { ...filters, limit });
}

export const getRun = (id: string) => request<Run>('GET', at(id));

/** Steps that are fetched without being asked for: what a long loop needs to be shown whole. */
const fetchedSteps = 5_000;

/**
 * The steps of a run: the first 1,000 come with it, those behind them once it has ended (they hold still then).
 * `more`: fetches on; undefined while that happens by itself, and when all are here.
 */
export function useSteps(run: Run): { steps: readonly Step[]; more: (() => void) | undefined } {
  const { data, hasNextPage, isFetchingNextPage, isError, fetchNextPage } = useInfiniteQuery({
    queryKey: [...runKeys.one(run.id), 'steps'],
    queryFn: ({ pageParam }) =>
      request<Page<Step>>('GET', `${at(run.id)}/steps${queryString({ limit: 200, cursor: pageParam })}`),
    initialPageParam: String(run.steps.at(-1)?.seq ?? ''),
    getNextPageParam: (page) => page.nextCursor,
    enabled: isTerminal(run.state) && run.steps.length < run.stepCount,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const steps = useMemo(
    () => [...run.steps, ...(data?.pages ?? []).flatMap(({ items }) => items)],
    [run.steps, data],
  );
  const goesOn = hasNextPage && !isFetchingNextPage && !isError;
  const isEnough = steps.length >= fetchedSteps;
  useEffect(() => {
    if (goesOn && !isEnough) void fetchNextPage();
  }, [goesOn, isEnough, fetchNextPage]);
  return { steps, more: hasNextPage && (isEnough || isError) ? () => void fetchNextPage() : undefined };
}

/** All that a step gave: asked for where the record has the first items only. */
export function useStepOutputs(
  run: string,
  { node, index }: { node: string; index: number },
  isAsked: boolean,
) {
  return useQuery({
    queryKey: [...runKeys.one(run), 'outputs', node, index],
    queryFn: () =>
      request<StepOutputs>(
        'GET',
        `${at(run)}/steps/${encodeURIComponent(node)}/outputs${queryString({ index })}`,
      ),
    enabled: isAsked,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    retry: false,
  });
}

export function useRun(id: string) {
  return useQuery({ queryKey: runKeys.one(id), queryFn: () => getRun(id) });
}

export const startRunRequest = (automation: string, body: z.input<typeof startRun>) =>
  request<{ id: string; workflowId: string }>('POST', `/automations/${encodeURIComponent(automation)}/runs`, {
    body,
  });

export const cancelRun = (id: string) => request<unknown>('POST', `${at(id)}/cancel`);

export function useCancelRun() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: cancelRun,
    onSuccess: () => client.invalidateQueries({ queryKey: runKeys.all }),
  });
}

/** By role; or by a grant, and whoever sees runs by that alone may cancel them too. */
export function useMayCancelRuns(): boolean {
  const byRole = useCan('run.cancel');
  const seesAll = useCan('run.view');
  return byRole || !seesAll;
}

/** As with cancelling. */
export function useMayRetryRuns(): boolean {
  const byRole = useCan('automation.run');
  const seesAll = useCan('run.view');
  return byRole || !seesAll;
}

/** Keeps lists of runs and automations fresh while the page is open; bursts become one fetch per half second. */
export function useLiveRuns(): void {
  const client = useQueryClient();
  useEffect(() => {
    const live = liveSocket();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void client.invalidateQueries({ queryKey: runKeys.lists });
        void client.invalidateQueries({ queryKey: ['automations', 'list'] });
      }, 500);
    };
    live.on('run:state', soon);
    live.on('connect', soon);
    return () => {
      live.off('run:state', soon);
      live.off('connect', soon);
      clearTimeout(timer);
    };
  }, [client]);
}

/**
 * Fetches the run again while it moves (at most twice a second), until it has ended; and once we listen, for what happened before:
 * at once, and when another process's records are sure to be written.
 */
export function useLiveRun(id: string, state: RunState | undefined): void {
  const client = useQueryClient();
  const moving = state !== undefined && !isTerminal(state);
  useEffect(() => {
    if (!moving) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => void client.invalidateQueries({ queryKey: runKeys.one(id) });
    const lookSoon = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        look();
      }, 500);
    };
    const stop = watchRun(id, lookSoon, () => {
      look();
      lookSoon();
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [client, id, moving]);
}
