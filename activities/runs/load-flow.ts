/** Reads the limit of the workspace for a run that could not be told at its start: a schedule's input is the same for every tick. */
import type { RunFlow } from '../../contracts/flow.ts';
import type { Database } from '../../db/index.ts';
import { runFlowOf, workspaceFlowsOf } from '../../runs/workspace-flows.ts';
import { finalFailure } from '../step-failed.ts';

/** Null: it limits nothing. What the database throws is Temporal's to retry. */
export type LoadFlow = (workspace: string) => Promise<RunFlow | null>;

/** @param db Unset on workers that serve no automations. */
export function createLoadFlow(db: Database | undefined): LoadFlow {
  return async (workspace) => {
    if (!db) throw finalFailure({ code: 'no-database', message: 'This worker has no database.' });
    return runFlowOf(await workspaceFlowsOf(db).get(workspace)) ?? null;
  };
}
