/** Events of the workspace. */
import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { EventSummary, newEvent, WorkspaceEventDetails } from '../../../contracts/api/events.ts';
import { request } from './client.ts';
import { useChange } from './use-change.ts';
import { usePages } from './use-pages.ts';

const eventsKey = ['events'];
const at = (id: string) => `/events/${encodeURIComponent(id)}`;

export function useEvents(name: string) {
  return usePages<EventSummary>(
    [...eventsKey, 'list', name],
    '/events',
    { name: name || undefined, limit: 50 },
    { refetchInterval: () => 5_000 },
  );
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
