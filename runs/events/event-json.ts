import type { WorkspaceEvent } from '../../contracts/events.ts';

/** An event as the item that a run begins with. */
export function eventJson({ id, name, at, source, data }: WorkspaceEvent) {
  return { id, name, at, source: { ...source }, data };
}
