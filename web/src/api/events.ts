/** Events of the workspace. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { EventSummary, newEvent, WorkspaceEventDetails } from '../../../contracts/api/events.ts';
import type { Page } from './automations.ts';
import { queryString, request } from './client.ts';
import { useChange } from './use-change.ts';

const eventsKey = ['events'];
const at = (id: string) => `/events/${encodeURIComponent(id)}`;

export function useEvents(name: string) {
  return useInfiniteQuery({
    queryKey: [...eventsKey, 'list', name],
    queryFn: ({ pageParam }) =>
      request<Page<EventSummary>>(
        'GET',
        `/events${queryString({ name: name || undefined, limit: 50, cursor: pageParam })}`,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: (previous) => previous,
    refetchInterval: 5_000,
  });
}

export const useEvent = (id: string) =>
  useQuery({
    queryKey: [...eventsKey, 'one', id],
    queryFn: () => request<WorkspaceEventDetails>('GET', at(id)),
    // Until everybody has heard it.
    refetchInterval: (query) => (query.state.data?.told === false ? 1_000 : false),
  });

export const useEmitEvent = () =>
  useChange(
    (body: z.input<typeof newEvent>) => request<WorkspaceEventDetails>('POST', '/events', { body }),
    eventsKey,
  );

export const useReplayEvent = () =>
  useChange((id: string) => request<WorkspaceEventDetails>('POST', `${at(id)}/replay`), eventsKey);
