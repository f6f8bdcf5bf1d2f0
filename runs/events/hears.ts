/** Whether a listener's conditions let an event through. They are evaluated before there is a run, against the event alone. */
import type { z } from 'zod';
import type { eventTrigger } from '../../contracts/catalogue/event-trigger.ts';
import { findNodeType } from '../../contracts/catalogue/index.ts';
import type { Resolved } from '../../contracts/expression.ts';
import type { Failure } from '../../contracts/run.ts';
import type { Listener, StoredEvent } from '../../db/index.ts';
import { createBudget, createScope } from '../../engine/expressions/index.ts';
import { readParameters } from '../../engine/graph/read-parameters.ts';
import { holds } from '../../engine/nodes/conditions.ts';
import { failureOf } from '../../engine/run/failure-of.ts';
import { seededRandom } from '../../engine/run/seeded-random.ts';
import type { EventDeps } from './event-deps.ts';
import { eventJson } from './event-json.ts';

type Parameters = Resolved<z.output<typeof eventTrigger.parameters>>;

export type Hears =
  | { kind: 'hears' }
  | { kind: 'filtered' }
  | { kind: 'gone' }
  | { kind: 'failed'; failure: Failure };

export async function hears(
  { graphs }: Pick<EventDeps, 'graphs'>,
  event: StoredEvent,
  { workspace, automation, version, node }: Listener,
): Promise<Hears> {
  const graph = await graphs.get(version.id, workspace);
  const trigger = graph?.nodes.get(node);
  const nodeType = trigger && findNodeType(trigger.type);
  if (!graph || !trigger || !nodeType) return { kind: 'gone' };
  try {
    const budget = createBudget();
    const scope = createScope({
      items: [{ json: eventJson(event) }],
      runIndex: 0,
      now: Date.parse(event.at),
      zone: graph.timezone,
      random: seededRandom(event.id),
      workflow: { ...automation, active: true },
      execution: { id: event.id, mode: 'event' },
      parameters: trigger.parameters,
    });
    const { combinator, conditions, ignoreCase } = readParameters(trigger, nodeType).read(
      () => scope,
      budget,
    ) as unknown as Parameters;
    if (conditions.length === 0) return { kind: 'hears' };
    const options = { ignoreCase, timezone: graph.timezone, budget };
    return { kind: holds(combinator, conditions, options) ? 'hears' : 'filtered' };
  } catch (error) {
    return { kind: 'failed', failure: failureOf(error, node) };
  }
}
