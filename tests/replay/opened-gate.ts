/** A published automation whose event trigger has a gate, and a way in for deliveries: what the API and the telling of events do. */
import type { WorkflowHandle } from '@temporalio/client';
import type { GateDelivery, GatePlace, GateSettings, GateVerdict } from '../../contracts/gates.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { drawGraph } from '../../engine/run/test-graphs.ts';
import { gateIdOf } from '../../runs/gates/gate-id.ts';
import { type GatePass, passGate, passGateAndHear } from '../../runs/gates/pass-gate.ts';
import type { RunningEngine } from './running-engine.ts';

export interface OpenedGate {
  automation: string;
  place: GatePlace;
  handle: WorkflowHandle;
  pass(id: string, json: JsonObject): Promise<void>;
  passAndHear(id: string, json: JsonObject): Promise<GateVerdict>;
}

/** @param name of the automation, and of the event that its trigger listens to */
export async function openGate(
  { client, publish, workspace }: RunningEngine,
  name: string,
  settings: GateSettings,
): Promise<OpenedGate> {
  const automation = await publish(
    name,
    drawGraph(
      [
        ['Heard', 'event-trigger', { name }],
        ['End', 'no-op'],
      ],
      ['Heard > End'],
    ),
  );
  const place: GatePlace = { workspace, automation, node: 'Heard', kind: 'event' };
  const passOf = (id: string, json: JsonObject): GatePass => {
    const item = { json };
    const bytes = Buffer.byteLength(JSON.stringify(item));
    const delivery: GateDelivery = { id, item, bytes, rememberMs: 3_600_000 };
    return { place, names: { automation: name, trigger: 'Heard' }, key: '', call: { settings, delivery } };
  };
  const deps = { temporal: client };
  return {
    automation,
    place,
    handle: client.workflow.getHandle(gateIdOf(place, '')),
    pass: (id, json) => passGate(deps, passOf(id, json)),
    passAndHear: (id, json) => passGateAndHear(deps, passOf(id, json)),
  };
}
