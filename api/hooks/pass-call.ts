/** A call of a webhook with a gate: Temporal has it before the caller is answered, though there may be no run for a while. */
import type { GateVerdict } from '../../contracts/gates.ts';
import type { GraphNode } from '../../contracts/graph.ts';
import type { Item } from '../../contracts/item.ts';
import type { WebhookTarget } from '../../db/index.ts';
import { gateKeyOf } from '../../engine/gates/gate-key.ts';
import { EngineFailure } from '../../engine/run/engine-failure.ts';
import { type GatePass, passGate, passGateAndHear } from '../../runs/gates/pass-gate.ts';
import type { TriggerGate } from '../../runs/gates/trigger-gate.ts';
import type { VersionGraph } from '../../runs/version-graphs.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem } from '../problems.ts';

/** Milliseconds for which a delivery with a key is known again. */
const rememberMs = 24 * 3_600_000;

export interface GatedCall {
  target: WebhookTarget;
  graph: VersionGraph;
  node: GraphNode;
  gate: TriggerGate;
  item: Item;
  /** The run that it would start without a gate. */
  id: string;
  /** It has a delivery key: its sender may send it again. */
  keyed: boolean;
  /** It is in the log of deliveries. */
  logged: boolean;
}

/**
 * What would be held or queued is handed over and believed to be: that works while no worker is there. Where the rest is dropped, the
 * gate is asked.
 *
 * @throws ApiProblem `gate-key`; what is thrown when Temporal can't be reached
 */
export async function passCall(
  deps: Pick<ApiDeps, 'temporal'>,
  { target, graph, node, gate, item, id, keyed, logged }: GatedCall,
): Promise<GateVerdict> {
  const { workspace, automation } = target;
  const { settings } = gate;
  const kind = 'webhook';
  const pass: GatePass = {
    place: { workspace, automation: automation.id, node: node.id, kind },
    names: { automation: automation.name, trigger: node.name },
    key: keyOf(),
    call: {
      settings,
      delivery: {
        ...{ id, item, logged },
        bytes: Buffer.byteLength(JSON.stringify(item)),
        rememberMs: keyed ? rememberMs : 0,
      },
    },
  };
  if (settings.kind === 'throttle' && settings.over === 'drop') return await passGateAndHear(deps, pass);
  await passGate(deps, pass);
  return { kind: 'held' };

  function keyOf(): string {
    const { timezone } = graph;
    const of = { key: gate.key, item, body: item.json.body, id, kind, automation, node: node.id } as const;
    try {
      return gateKeyOf({ ...of, timezone, now: Date.now() });
    } catch (error) {
      if (!(error instanceof EngineFailure)) throw error;
      throw new ApiProblem('gate-key', { reason: error.failure.message });
    }
  }
}
