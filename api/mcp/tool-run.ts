/**
 * A call of a tool is a run, and the run is all there is: its id follows from who calls and from the call, so whichever process of ours
 * is asked about it later (what became of it, to cancel it) finds it in Temporal, and nobody else's id leads there.
 */
import { createHash } from 'node:crypto';
import { WorkflowNotFoundError } from '@temporalio/common';
import { agentWorkflowIdOf } from '../../contracts/agents/run.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { workflowIdOf } from '../../contracts/run.ts';
import { startAgentRun } from '../../runs/agents/start-agent-run.ts';
import { startPublished } from '../../runs/start-published.ts';
import { runIdOf } from '../../runs/start-run.ts';
import { versionGraphsOf } from '../../runs/version-graphs.ts';
import type { WorkspacePrincipal } from '../auth/principal.ts';
import { personOf } from '../chat/person-of.ts';
import type { ApiDeps } from '../deps.ts';
import { writeWhatIsKnown } from '../runs/write-what-is-known.ts';
import type { McpTool } from './mcp-tools.ts';

export interface ToolRun {
  workspace: string;
  kind: 'automation' | 'agent';
  /** Id of the automation or agent. */
  target: string;
  /** What tells this call from the caller's others. */
  call: string;
  run: string;
  workflowId: string;
}

/** The call of a request: ids of requests are told apart within a session only. */
export function callOf(session: string, request: string | number): string {
  return createHash('sha256')
    .update(JSON.stringify([session, request]))
    .digest('hex')
    .slice(0, 26);
}

export function toolRunOf(
  principal: WorkspacePrincipal,
  { kind, target, call }: Pick<ToolRun, 'kind' | 'target' | 'call'>,
): ToolRun {
  const { workspace } = principal;
  const run = runOfCall(principal, call);
  const workflowId =
    kind === 'agent'
      ? agentWorkflowIdOf({ workspace, agent: target, run })
      : workflowIdOf({ workspace, automation: target, run });
  return { workspace, kind, target, call, run, workflowId };
}

/** @returns false when what is published went away in this moment. @throws what says that Temporal can't be reached */
export async function startTool(
  { workspace, user }: WorkspacePrincipal,
  { target }: McpTool,
  { run }: ToolRun,
  given: JsonObject,
  deps: ApiDeps,
): Promise<boolean> {
  if (target.kind === 'agent') {
    const { id, name, version } = target.agent;
    await startAgentRun(deps, {
      ...{ run, workspace, agent: { id, name }, version, trigger: 'api', startedBy: user },
      ...{ messages: [{ role: 'user', content: String(given.message) }], followed: true },
    });
    return true;
  }
  const started = await startPublished(
    deps,
    versionGraphsOf(deps.db),
    { workspace, ...target.automation },
    { kind: 'sub-automation', items: [{ json: given }], run, returns: true, startedBy: user },
  );
  return started !== undefined;
}

/** Of a new call of a tool. */
export function runOfTool(principal: WorkspacePrincipal, { target }: McpTool, call: string): ToolRun {
  return target.kind === 'agent'
    ? toolRunOf(principal, { kind: 'agent', target: target.agent.id, call })
    : toolRunOf(principal, { kind: 'automation', target: target.automation.automation.id, call });
}

/** The run of a call of which only the request is known. Nothing happens when it has ended, or never was. */
export async function cancelCall(principal: WorkspacePrincipal, call: string, deps: ApiDeps): Promise<void> {
  const run = runOfCall(principal, call);
  await writeWhatIsKnown(deps.writer);
  const found = await deps.db.inWorkspace(
    principal.workspace,
    async ({ runs, agentRuns }) => (await agentRuns.get(run)) ?? (await runs.get(run)),
  );
  if (found) await cancelToolRun(found, deps);
}

/** Asks it to end. @returns false when it had ended, or there is none */
export async function cancelToolRun(
  { workflowId }: Pick<ToolRun, 'workflowId'>,
  { temporal }: Pick<ApiDeps, 'temporal'>,
): Promise<boolean> {
  try {
    await temporal.workflow.getHandle(workflowId).cancel();
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

function runOfCall(principal: WorkspacePrincipal, call: string): string {
  return runIdOf(principal.workspace, 'mcp', personOf(principal), call);
}
