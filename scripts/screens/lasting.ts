/** What the pictures of events and tables show: what automations tell each other, and what they keep. */
import type { APIRequestContext } from 'playwright-core';
import { callerOf } from './caller.ts';
import type { PageShown } from './camera.ts';

/** @returns the pages that show it */
export async function fillLasting(request: APIRequestContext, base: string): Promise<readonly PageShown[]> {
  const { call } = callerOf(request, base);
  const { id } = await call<{ id: string }>('POST', '/tables', {
    name: 'customers',
    columns: [
      { name: 'customer', type: 'text' },
      { name: 'orders', type: 'number' },
      { name: 'greeted', type: 'boolean' },
      { name: 'since', type: 'date' },
    ],
  });
  await call('POST', `/tables/${id}/rows`, {
    rows: [
      { customer: 'Ana', orders: 12, greeted: true, since: '2026-03-02' },
      { customer: 'Bela', orders: 3, greeted: true, since: '2026-09-14' },
      { customer: 'Caio & Sons', orders: 41, greeted: false, since: '2025-11-30' },
    ],
  });
  await call('PUT', '/stored-keys/cursor.orders', { value: '2026-11-27T09:00:00Z' });
  await call('POST', '/events', { name: 'order.placed', data: { customer: 'Ana', total: 144 } });
  await call('POST', '/events', { name: 'stock.low', data: { sku: 'A-4711', left: 3 } });
  return [
    ['schedules', '/schedules', '[data-testid="schedule-row"]'],
    ['events', '/events', '[data-testid="event-row"]'],
    ['tables', '/tables', '[data-testid="table-row"]'],
    ['table', `/tables/${id}`, '[data-testid="column-customer"]'],
  ];
}
