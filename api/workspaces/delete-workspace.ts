/**
 * Deleting a workspace, and taking it back. The mark in the database comes first: a process that dies after it leaves schedules
 * that the next start removes (`heal-schedules.ts`), while the other way round a living workspace would have lost its schedules
 * for good. When Temporal can't be reached the mark is undone, so that nothing has changed rather than half of it.
 */

import { text } from '../../contracts/text.ts';
import type { StoredWorkspace } from '../../db/index.ts';
import { startSchedulesOf, stopSchedulesOf } from '../../runs/schedules/workspace-schedules.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem, notFound } from '../problems.ts';

type Deps = Pick<ApiDeps, 'db' | 'bus' | 'temporal' | 'log'>;

/**
 * From here on nobody enters it, its keys are none and its webhooks answer 404; runs under way go on.
 * @param name typed again
 * @throws ApiProblem `invalid-request` for another name, `not-found`; what Temporal throws
 */
export async function deleteWorkspace(deps: Deps, id: string, name: string): Promise<StoredWorkspace> {
  const { db, log } = deps;
  const result = await db.asSystem(({ workspaces }) => workspaces.remove(id, name));
  if (result.kind === 'not-found') throw notFound('workspace');
  if (result.kind === 'wrong-name') throw wrongName();
  await tellEverybody(deps, id);
  try {
    await stopSchedulesOf(deps, id);
  } catch (error) {
    await db.asSystem(({ workspaces }) => workspaces.restore(id));
    await startSchedulesOf(deps, id).catch((err) =>
      log.error({ err, workspace: id }, 'schedules of a workspace that was not deleted may have stopped'),
    );
    await tellEverybody(deps, id);
    throw error;
  }
  return result.workspace;
}

/** @throws ApiProblem `not-found`, alike for one that is not theirs and one whose grace is over; what Temporal throws */
export async function restoreWorkspace(
  deps: Deps,
  { id, owner }: { id: string; owner: string },
): Promise<StoredWorkspace> {
  const { db } = deps;
  const [deleted] = (await db.asSystem(({ workspaces }) => workspaces.deletedOf(owner))).filter(
    (workspace) => workspace.id === id,
  );
  const restored = deleted && (await db.asSystem(({ workspaces }) => workspaces.restore(id, owner)));
  if (!restored) throw notFound('workspace');
  try {
    await startSchedulesOf(deps, id);
  } catch (error) {
    await db.asSystem(({ workspaces }) => workspaces.remove(id, deleted.name));
    throw error;
  } finally {
    await tellEverybody(deps, id);
  }
  return restored;
}

/** What is open is asked again, and whoever remembers a webhook forgets it. */
async function tellEverybody({ db, bus }: Pick<Deps, 'db' | 'bus'>, workspace: string): Promise<void> {
  bus.publish({ kind: 'access.changed', workspace });
  for (const { id: automation } of await db.asSystem(({ workspaces }) => workspaces.published(workspace)))
    bus.publish({ kind: 'automation.changed', workspace, automation });
}

function wrongName(): ApiProblem {
  const message = text('This is not its name.', 'Este não é o nome dele.');
  return new ApiProblem('invalid-request', {}, { errors: [{ field: 'name', code: 'wrong-name', message }] });
}
