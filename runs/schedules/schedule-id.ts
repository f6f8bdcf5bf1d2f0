/** Never changes while the trigger is there, so that publishing anew replaces what ticks and never adds to it. */
export function scheduleIdOf(workspace: string, automation: string, node: string): string {
  return `schedule:${workspace}:${automation}:${node}`;
}

export interface ScheduleKey {
  workspace: string;
  automation: string;
  node: string;
}

/** Undefined for a schedule that is none of ours. */
export function parseScheduleId(id: string): ScheduleKey | undefined {
  const [kind, workspace, automation, ...node] = id.split(':');
  if (kind !== 'schedule' || !workspace || !automation || node.length === 0) return undefined;
  return { workspace, automation, node: node.join(':') };
}
