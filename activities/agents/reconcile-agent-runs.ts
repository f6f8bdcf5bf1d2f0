/**
 * Ends the records of agents' runs whose workflow was ended from outside, in the Temporal UI or by the temporal command: such a run can't
 * say so itself. Any number of processes may.
 */
import type { Client } from '@temporalio/client';
import type { AgentRunState } from '../../contracts/agents/run.ts';
import type { Database, Log, OpenAgentRun } from '../../db/index.ts';
import { type OutsideEnd, outsideEnd } from '../records/outside-end.ts';
import { createPasses, type Passes } from '../records/passes.ts';
import { endReason, statusOf } from '../records/workflow-truth.ts';
import { tellWatchersOf } from '../runs/tell-watchers.ts';

export interface AgentReconcilingOptions {
  db: Database;
  client: Client;
  log: Log;
  /** Milliseconds from the end of one pass to the next, default half a minute. */
  everyMs?: number | undefined;
  /** Milliseconds without news after which a run is looked at, default a minute. */
  quietMs?: number | undefined;
}

export interface AgentReconciling extends Passes {
  /** One pass. @returns how many runs were ended */
  runOnce(): Promise<number>;
}

/** Runs that one pass asks for. */
const most = 500;

const states: Record<OutsideEnd, AgentRunState> = {
  completed: 'succeeded',
  cancelled: 'stopped',
  stuck: 'stopped',
  failed: 'failed',
  terminated: 'failed',
  'timed-out': 'failed',
  gone: 'failed',
};

export function createAgentReconciling({
  db,
  client,
  log,
  everyMs = 30_000,
  quietMs = 60_000,
}: AgentReconcilingOptions): AgentReconciling {
  async function look({ run, workflowId }: OpenAgentRun): Promise<boolean> {
    const status = await statusOf(client, workflowId);
    if (status.kind === 'open') {
      await db.asSystem(({ agentRuns }) => agentRuns.touch(run));
      return false;
    }
    const end = status.kind === 'gone' ? 'gone' : status.end;
    const reason = end === 'gone' ? undefined : await endReason(client, workflowId);
    const [told] = outsideEnd({ end, reason, at: 0, lastSeq: 0, openSteps: [] });
    const failure = told?.type === 'run.finished' ? told.failure : undefined;
    const ended = await db.asSystem(({ agentRuns }) => agentRuns.end(run, states[end], failure));
    await tellWatchersOf([run], { db, client });
    if (ended) log.warn({ run, workflowId, end, reason }, 'A run of an agent was ended from outside');
    return ended;
  }

  async function runOnce(): Promise<number> {
    let ended = 0;
    const quiet = await db.asSystem(({ agentRuns }) => agentRuns.quiet({ forMs: quietMs, limit: most }));
    for (const run of quiet) if (await look(run)) ended++;
    return ended;
  }

  const passes = createPasses({
    pass: runOnce,
    onError: (error) => log.warn({ err: error }, 'Runs of agents could not be reconciled; next try soon'),
    everyMs,
  });
  return { ...passes, runOnce };
}
