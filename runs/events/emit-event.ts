/**
 * Something happened in a workspace: it is written down first and told then, so that whatever dies, everybody who listens hears it
 * once. What could not be told now is told by the sweep (activities/events/).
 */
import { createHash } from 'node:crypto';
import { type EventSource, maxEventBytes, maxEventDepth, type SystemEvent } from '../../contracts/events.ts';
import type { JsonValue } from '../../contracts/json.ts';
import type { StoredEvent } from '../../db/index.ts';
import { newRunId } from '../new-run-id.ts';
import type { EventDeps } from './event-deps.ts';
import { EventRefused } from './event-refused.ts';
import { heardBy, tellEvent } from './tell-event.ts';

export interface NewWorkspaceEvent {
  name: string;
  source: EventSource;
  data: JsonValue;
  /** Makes the event one of its kind: emitted twice with the same key, it is there once. */
  key?: readonly string[] | undefined;
}

/** @throws EventRefused `event-too-large`, `event-loop`; what the database throws, and nothing was emitted then */
export async function emitEvent(
  deps: EventDeps,
  workspace: string,
  { name, source, data, key }: NewWorkspaceEvent,
): Promise<StoredEvent> {
  const bytes = Buffer.byteLength(JSON.stringify(data));
  if (bytes > maxEventBytes) throw new EventRefused('event-too-large', { name, bytes });
  const { event } = await deps.db.inWorkspace(workspace, async ({ events }) => {
    const depth = 'run' in source && source.run ? await depthAfter(events, source.run) : 0;
    if (depth > maxEventDepth) throw new EventRefused('event-loop', { name });
    const id = key ? eventIdOf(workspace, ...key) : newRunId();
    return await events.add({ id, name, source, data, depth });
  });
  if (event.told) return event;
  try {
    await tellEvent(deps, event);
  } catch (error) {
    deps.log.warn({ err: error, event: event.id, workspace }, 'An event could not be told now; it will be');
  }
  return event;
}

/**
 * An event that Hiviex emits about itself: only when somebody listens or waits, so that a workspace in which nobody does pays a look into
 * two indexes. A chain of them that goes on too long ends silently: there is no step that could fail.
 */
export async function emitSystemEvent(
  deps: EventDeps,
  workspace: string,
  event: NewWorkspaceEvent & { name: SystemEvent },
): Promise<void> {
  const heard =
    (await heardBy(deps, workspace, event)).length > 0 ||
    (await deps.db.inWorkspace(workspace, ({ eventWaiters }) => eventWaiters.of(event))).length > 0;
  if (!heard) return;
  try {
    await emitEvent(deps, workspace, event);
  } catch (error) {
    if (!(error instanceof EventRefused)) throw error;
    deps.log.warn({ err: error, workspace, event: event.name }, 'An event of Hiviex itself was not emitted');
  }
}

function eventIdOf(...parts: readonly string[]): string {
  return `e${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)}`;
}

async function depthAfter(
  events: { startedBy(run: string): Promise<{ depth: number } | undefined> },
  run: string,
): Promise<number> {
  const cause = await events.startedBy(run);
  return cause ? cause.depth + 1 : 0;
}
