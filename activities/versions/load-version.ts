/** Loads the graph of a version, for a run whose graph is too large to travel by value. */
import type { ApplicationFailure } from '@temporalio/activity';
import type { Graph } from '../../contracts/graph.ts';
import type { Database } from '../../db/index.ts';
import { stepFailed } from '../step-failed.ts';

/**
 * `version` and `workspace` are ids from the run's own input, which the API wrote when it started the run.
 * @throws ApplicationFailure, non-retryable, when there is no such version. What the database throws is Temporal's to retry.
 */
export type LoadVersion = (version: string, workspace: string) => Promise<Graph>;

/** @param db Unset on workers that serve no automations (queues `http` and `code` alone need no database). */
export function createLoadVersion(db: Database | undefined): LoadVersion {
  return async (version, workspace) => {
    if (!db) throw permanent('no-database', `This worker has no database to load version ${version} from.`);
    const graph = await db.asSystem((repositories) => repositories.graphs.get(version, workspace));
    if (!graph)
      throw permanent('version-not-found', `Version ${version} of the automation is not there any more.`);
    return graph;
  };
}

function permanent(code: string, message: string): ApplicationFailure {
  return stepFailed(code, message, 'Publish the automation again and start a new run.');
}
