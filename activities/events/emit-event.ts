/** The node "Emit event": one event per item. Its id follows from the step's key, so a repeated attempt emits none anew. */
import type { z } from 'zod';
import type { emitEvent as emitEventNode } from '../../contracts/catalogue/emit-event.ts';
import { StepFailure } from '../../contracts/effect.ts';
import { eventName, isOwnName } from '../../contracts/events.ts';
import type { Resolved } from '../../contracts/expression.ts';
import { type JsonValue, jsonValue } from '../../contracts/json.ts';
import { emitEvent } from '../../runs/events/emit-event.ts';
import { eventJson } from '../../runs/events/event-json.ts';
import { EventRefused } from '../../runs/events/event-refused.ts';
import { versionGraphsOf } from '../../runs/version-graphs.ts';
import type { Effect, EffectSettings } from '../effect.ts';

type Parameters = Resolved<z.output<typeof emitEventNode.parameters>>;

export function createEmitEventEffect({ runs }: Pick<EffectSettings, 'runs'>): Effect {
  const graphs = runs && versionGraphsOf(runs.db);
  return {
    async run({ parameters, items, context }, { log }) {
      if (!runs || !graphs) throw noRuns();
      const given = parameters as unknown as Parameters;
      const name = nameOf(given.name);
      const data = given.carry === 'json' ? parsed(given.data) : (items[0]?.json ?? {});
      const { workspace, automation, run, node, idempotencyKey } = context;
      try {
        const event = await emitEvent({ ...runs, graphs, log }, workspace, {
          name,
          data,
          source: { kind: 'run', automation, run, node },
          key: ['step', idempotencyKey],
        });
        return { items: [{ json: eventJson(event) }] };
      } catch (error) {
        if (error instanceof EventRefused) throw new StepFailure(error.failure);
        throw error;
      }
    },
  };
}

function nameOf(given: string): string {
  const name = eventName.safeParse(given.trim());
  if (!name.success)
    throw new StepFailure({
      code: 'event-name',
      message: `"${given}" is no name for an event.`,
      hint: 'Use letters, digits, _ and -, with dots between parts: order.paid.',
    });
  if (!isOwnName(name.data)) return name.data;
  throw new StepFailure({
    code: 'event-name',
    message: `Events named like "${name.data}" are emitted by Hiviex alone.`,
    hint: 'Choose a name that does not begin with run., agent., chat., file. or billing.',
  });
}

function parsed(data: JsonValue): JsonValue {
  if (typeof data !== 'string') return data;
  try {
    return jsonValue.parse(JSON.parse(data));
  } catch {
    throw new StepFailure({
      code: 'event-data',
      message: "The event's data is not JSON.",
      hint: 'Write JSON, or an expression that gives an object.',
    });
  }
}

function noRuns(): StepFailure {
  return new StepFailure(
    { code: 'internal-error', message: 'This worker can not emit events: it has no client of Temporal.' },
    { retryable: true },
  );
}
