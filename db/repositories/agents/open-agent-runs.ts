/** Runs of agents without an end, of all workspaces: for whoever asks Temporal what became of them. */
import type { AgentRunState } from '../../../contracts/agents/run.ts';
import type { Failure } from '../../../contracts/run.ts';
import type { Sql } from '../../sql.ts';

export interface OpenAgentRun {
  run: string;
  workspace: string;
  workflowId: string;
}

export interface OpenAgentRuns {
  /** Those that nobody wrote to for so long, the quietest first. */
  quiet(query: { forMs: number; limit: number }): Promise<OpenAgentRun[]>;
  /** It is open still: asked again when it has been quiet for as long once more. */
  touch(run: string): Promise<void>;
  /** Ended, by somebody else than itself. False: it had an end. */
  end(run: string, state: AgentRunState, failure: Failure | undefined): Promise<boolean>;
}

export function createOpenAgentRuns(sql: Sql): OpenAgentRuns {
  return {
    async quiet({ forMs, limit }) {
      const rows = await sql.query<{ id: string; workspace: string; workflow_id: string }>(
        `select id, workspace, workflow_id from agent_runs
         where finished_at is null and updated_at < now() - $1 * interval '1 millisecond'
         order by updated_at limit $2`,
        [forMs, limit],
      );
      return rows.map(({ id, workspace, workflow_id }) => ({ run: id, workspace, workflowId: workflow_id }));
    },

    async touch(run) {
      await sql.query('update agent_runs set updated_at = now() where id = $1 and finished_at is null', [
        run,
      ]);
    },

    async end(run, state, failure) {
      const ended = await sql.query(
        `update agent_runs set state = $2, failure = $3::text::jsonb, updated_at = now(), finished_at = now()
         where id = $1 and finished_at is null returning id`,
        [run, state, failure ? JSON.stringify(failure) : null],
      );
      return ended.length > 0;
    },
  };
}
