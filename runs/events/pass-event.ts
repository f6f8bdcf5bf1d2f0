/** An event whose listener has a gate: the gate holds it, and starts the run. */
import type { EventHearing, Listener, StoredEvent } from '../../db/index.ts';
import { gateKeyOf } from '../../engine/gates/gate-key.ts';
import { EngineFailure } from '../../engine/run/engine-failure.ts';
import { passGate } from '../gates/pass-gate.ts';
import { triggerGateOf } from '../gates/trigger-gate.ts';
import type { EventDeps } from './event-deps.ts';
import { eventJson } from './event-json.ts';

/** Milliseconds for which an event is known again: the sweep tells it anew when whoever told it died. */
const rememberMs = 3_600_000;

/** @returns undefined when there is no gate. @throws ServiceError when Temporal can't be reached */
export async function passEvent(
  deps: EventDeps,
  event: StoredEvent,
  { workspace, automation, version, node }: Listener,
  run: string,
): Promise<Pick<EventHearing, 'state' | 'failure'> | undefined> {
  const graph = await deps.graphs.get(version.id, workspace);
  const trigger = graph?.nodes.get(node);
  const gate = trigger && triggerGateOf(trigger);
  if (!graph || !gate) return undefined;
  const kind = 'event';
  const item = { json: eventJson(event) };
  try {
    await passGate(deps, {
      place: { workspace, automation: automation.id, node, kind },
      names: { automation: automation.name, trigger: trigger.name },
      key: gateKeyOf({
        ...{ key: gate.key, item, body: event.data, id: event.id, kind, automation, node },
        ...{ timezone: graph.timezone, now: Date.parse(event.at) },
      }),
      call: {
        settings: gate.settings,
        delivery: {
          ...{ id: run, event: event.id, item, rememberMs },
          bytes: Buffer.byteLength(JSON.stringify(item)),
        },
      },
    });
    return { state: 'gated' };
  } catch (error) {
    if (error instanceof EngineFailure) return { state: 'failed', failure: error.failure };
    throw error;
  }
}
