/** What came in at the webhooks of an automation. */
import type { Delivery } from '../../../contracts/api/deliveries.ts';
import { request } from './client.ts';
import { useChange } from './use-change.ts';
import { usePages } from './use-pages.ts';

const deliveriesKey = (automation: string) => ['deliveries', automation];
const at = (automation: string) => `/automations/${encodeURIComponent(automation)}/deliveries`;

export const useDeliveries = (automation: string) =>
  usePages<Delivery>(
    deliveriesKey(automation),
    at(automation),
    { limit: 30 },
    { refetchInterval: () => 5_000 },
  );

/** Gives the run that it started. */
export const useReplayDelivery = (automation: string) =>
  useChange(
    (delivery: string) =>
      request<{ id: string }>('POST', `${at(automation)}/${encodeURIComponent(delivery)}/replay`),
    deliveriesKey(automation),
  );
