/**
 * Something happened in a workspace: it is written down first and told then, so that whatever dies, everybody who listens hears it
 * once. What could not be told now is told by the sweep (activities/events/).
 */
import { type EventSource, maxEventBytes, maxEventDepth } from '../../contracts/events.ts';
import type { JsonValue } from '../../contracts/json.ts';
import { eventIdOf, type NewSystemEvent, type StoredEvent } from '../../db/index.ts';
import { newRunId } from '../new-run-id.ts';
import type { EventDeps } from './event-deps.ts';
import { EventRefused } from './event-refused.ts';
import { tellEvent } from './tell-event.ts';

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
  await tellNow(deps, event);
  return event;
}

/**
 * An event that Hiviex emits about itself: only when somebody listens or waits. A chain of them that goes on too long ends silently:
 * there is no step that could fail.
 */
export async function emitSystemEvent(
  deps: EventDeps,
  workspace: string,
  event: NewSystemEvent,
): Promise<void> {
  const added = await deps.db.inWorkspace(workspace, ({ systemEvents }) => systemEvents.add(event));
  if (added.kind === 'added') await tellNow(deps, added.event);
  if (added.kind === 'refused')
    deps.log.warn({ workspace, event: event.name, why: added.why }, 'An event of Hiviex was not emitted');
}

/** Tells an event that is written down. What can't be told now the sweep tells later. */
export async function tellNow(deps: EventDeps, event: StoredEvent): Promise<void> {
  if (event.told) return;
  try {
    await tellEvent(deps, event);
  } catch (error) {
    const { id, workspace } = event;
    deps.log.warn({ err: error, event: id, workspace }, 'An event could not be told now; it will be');
  }
}

async function depthAfter(
  events: { startedBy(run: string): Promise<{ depth: number } | undefined> },
  run: string,
): Promise<number> {
  const cause = await events.startedBy(run);
  return cause ? cause.depth + 1 : 0;
}
