/** What came in at the webhooks of an automation. */
import { useInfiniteQuery } from '@tanstack/react-query';
import type { Delivery } from '../../../contracts/api/deliveries.ts';
import type { Page } from './automations.ts';
import { queryString, request } from './client.ts';
import { useChange } from './use-change.ts';

const deliveriesKey = (automation: string) => ['deliveries', automation];
const at = (automation: string) => `/automations/${encodeURIComponent(automation)}/deliveries`;

export const useDeliveries = (automation: string) =>
  useInfiniteQuery({
    queryKey: deliveriesKey(automation),
    queryFn: ({ pageParam }) =>
      request<Page<Delivery>>('GET', `${at(automation)}${queryString({ limit: 30, cursor: pageParam })}`),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: 5_000,
  });

/** Gives the run that it started. */
export const useReplayDelivery = (automation: string) =>
  useChange(
    (delivery: string) =>
      request<{ id: string }>('POST', `${at(automation)}/${encodeURIComponent(delivery)}/replay`),
    deliveriesKey(automation),
  );
