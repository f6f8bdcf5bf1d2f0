import { removeSchedules, syncSchedules } from '../../runs/schedules/sync-schedules.ts';
import type { ApiDeps } from '../deps.ts';

/** Its webhooks and schedules stop at once; its runs stay, those under way go on. @returns false when there is none */
export async function removeAutomation(
  { db, bus, temporal }: Pick<ApiDeps, 'db' | 'bus' | 'temporal'>,
  { workspace, automation }: { workspace: string; automation: string },
): Promise<boolean> {
  const former = await removeSchedules({ db, temporal }, { workspace, automation });
  const removed = await db.inWorkspace(workspace, ({ automations }) => automations.remove(automation));
  if (!removed) return false;
  // Somebody may have published in between.
  await syncSchedules({ db, temporal }, { workspace, automation, former });
  bus.publish({ kind: 'automation.changed', workspace, automation });
  // Its grants are gone with it: who listened by one of them hears no more of its runs.
  bus.publish({ kind: 'access.changed', workspace });
  return true;
}
