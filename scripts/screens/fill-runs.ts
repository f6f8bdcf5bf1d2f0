/** Publishes the automations on the pictures and leaves runs in every state that they show. */
import type { APIRequestContext } from 'playwright-core';
import { isTerminal, type RunState } from '../../contracts/states.ts';
import { type Shown, shownAutomations } from './automations.ts';
import { callerOf } from './caller.ts';

/** Ids: of the automation that the editor shows, and of a run in each state. */
export interface FilledRuns {
  orders: string;
  succeeded: string;
  failed: string;
  waiting: string;
}

/** @param shop base URL of the service that the automations call */
export async function fillRuns(request: APIRequestContext, base: string, shop: string): Promise<FilledRuns> {
  const { call, reaches } = callerOf(request, base);

  async function publish(shown: Shown): Promise<string> {
    const { id } = await call<{ id: string }>('POST', '/automations', shown);
    await call('POST', `/automations/${id}/publish`, {});
    return id;
  }
  async function run(automation: string, until: (state: RunState) => boolean): Promise<string> {
    const { id } = await call<{ id: string }>('POST', `/automations/${automation}/runs`, {});
    await reaches(id, until);
    return id;
  }
  async function order(customer: string, amount: number): Promise<string> {
    const response = await fetch(`${base}/hooks/orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ customer, amount }),
    });
    const id = response.headers.get('hiviex-run');
    if (!id) throw new Error(`The webhook answered ${response.status} without a run.`);
    await reaches(id, isTerminal);
    return id;
  }

  const { orders, reminders, report } = shownAutomations(shop);
  const [ordersId, reminderId, reportId] = [
    await publish(orders),
    await publish(reminders),
    await publish(report),
  ];
  await order('Bela', 40);
  await run(reminderId, (state) => state === 'succeeded');
  const failed = await order('Caio & Sons', 9_800);
  const waiting = await run(reportId, (state) => state === 'waiting');
  const cancelled = await run(reportId, (state) => state === 'waiting');
  await call('POST', `/runs/${cancelled}/cancel`, {});
  await reaches(cancelled, (state) => state === 'cancelled');
  const succeeded = await order('Ana', 120);
  return { orders: ordersId, succeeded, failed, waiting };
}
