/** A schedule that ticks through the storm: every tick is one run, none is missed, whatever was down when it was due. */
import type { Client } from '@temporalio/client';
import { chain, node } from '../support/graphs.ts';
import type { HiviexApi } from '../support/hiviex-api.ts';
import { call, type Load } from './loads.ts';
import { runsInTemporal } from './runs-in-temporal.ts';

const everySeconds = 5;

export interface Ticks {
  load: Load;
  /** Runs of the ticks, by their ids; the token of each is its id. */
  runs: string[];
  /** Times (ISO) that were due between the first and the last tick and have no run. */
  missed: string[];
}

/** @returns what ends the ticking and tells of it */
export async function startTicking(
  api: HiviexApi,
  stub: string,
): Promise<(client: Client) => Promise<Ticks>> {
  const load: Load = {
    name: 'ticks',
    graph: chain(
      node('tick', 'schedule-trigger', { every: everySeconds, unit: 'seconds', overlap: 'allowAll' }),
      call('a', stub, 'a', { token: '$execution.id' }),
    ),
    effects: ['a'],
  };
  const { id } = await api.publish(load.name, load.graph);
  return async (client) => {
    await api.ask('POST', `/api/v1/automations/${id}/unpublish`);
    const runs = (await runsInTemporal(client)).filter(({ automation }) => automation === id);
    const ticks = runs.map(({ run, workflowId }) => ({
      run,
      // automation:<workspace>:<automation>:<node>-<time of the tick>
      at: Date.parse(workflowId.slice(workflowId.indexOf(':tick-') + 6)),
    }));
    const times = new Set(ticks.map(({ at }) => at));
    const missed: string[] = [];
    for (let at = Math.min(...times); at <= Math.max(...times); at += everySeconds * 1_000)
      if (!times.has(at)) missed.push(new Date(at).toISOString());
    return { load, runs: ticks.map(({ run }) => run), missed };
  };
}
