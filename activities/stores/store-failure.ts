import { StepFailure } from '../../contracts/effect.ts';
import { describeProblem } from '../../contracts/problems.ts';
import type { Database, Repositories } from '../../db/index.ts';
import { StoreRefusal } from '../../db/index.ts';
import { EngineFailure } from '../../engine/run/engine-failure.ts';

/**
 * Works on what the workspace stores.
 * @throws StepFailure for what can't be done as asked; what the database throws goes on, and is tried again as any fault is
 */
export async function inStore<T>(
  db: Database | undefined,
  workspace: string,
  work: (repositories: Repositories) => Promise<T>,
): Promise<T> {
  if (!db) throw new Error('This worker has no database.');
  try {
    return await db.inWorkspace(workspace, work);
  } catch (error) {
    if (error instanceof EngineFailure) throw new StepFailure(error.failure);
    if (!(error instanceof StoreRefusal)) throw error;
    const { title, detail } = describeProblem(error.code, error.values);
    throw new StepFailure({ code: error.code, message: title, hint: detail, details: error.values });
  }
}
