import { removeSchedules, syncSchedules } from '../../runs/schedules/sync-schedules.ts';
import type { ApiDeps } from '../deps.ts';

/** Nothing starts the automation any more; runs under way go on. @returns false when there is none */
export async function unpublishGraph(
  { db, bus, temporal }: Pick<ApiDeps, 'db' | 'bus' | 'temporal'>,
  { workspace, automation }: { workspace: string; automation: string },
): Promise<boolean> {
  // Schedules first: when Temporal can't be reached nothing has changed, rather than half of it.
  const former = await removeSchedules({ db, temporal }, { workspace, automation });
  const found = await db.inWorkspace(workspace, ({ automations }) => automations.unpublish(automation));
  if (!found) return false;
  // Somebody may have published in between.
  await syncSchedules({ db, temporal }, { workspace, automation, former });
  bus.publish({ kind: 'automation.changed', workspace, automation });
  return true;
}
