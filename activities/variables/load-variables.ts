/** Reads `$vars` for a run that could not be given them at its start: a schedule's input is the same for every tick. */
import type { MentionedVariables, RunVariables } from '../../contracts/variables.ts';
import type { Database } from '../../db/index.ts';
import { stepFailed } from '../step-failed.ts';

/** Secret ones by name only. What the database throws is Temporal's to retry. */
export type LoadVariables = (workspace: string, mentioned: MentionedVariables) => Promise<RunVariables>;

/** @param db Unset on workers that serve no automations. */
export function createLoadVariables(db: Database | undefined): LoadVariables {
  return async (workspace, mentioned) => {
    if (!db) throw stepFailed('no-database', 'This worker has no database to read variables from.');
    return await db.inWorkspace(workspace, ({ variables }) => variables.forRun(mentioned));
  };
}
