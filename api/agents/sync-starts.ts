/**
 * The starts of an agent are held by an automation that the agent keeps (`Automation.startsAgent`): it is published with each version
 * that has some, and taken down with the agent. Nobody edits it.
 */
import type { Request } from 'express';
import { graphOfStarts } from '../../contracts/agents/graph-of-starts.ts';
import type { AgentStart } from '../../contracts/agents/start.ts';
import type { WorkspacePrincipal } from '../auth/principal.ts';
import { removeAutomation } from '../automations/remove-automation.ts';
import type { ApiDeps } from '../deps.ts';
import { publishGraph } from '../publishing/publish-graph.ts';
import { unpublishGraph } from '../publishing/unpublish-graph.ts';

export interface StartsToSync {
  principal: WorkspacePrincipal;
  request: Request;
  agent: { id: string; name: string };
  /** Of the version that is published. */
  starts: readonly AgentStart[];
}

/** Puts them live in place of those before. What fails half-way is as with an automation: published, and its schedules healed soon. */
export async function syncStarts(
  deps: ApiDeps,
  { principal, request, agent: { id, name }, starts }: StartsToSync,
): Promise<void> {
  const { workspace } = principal;
  const enabled = starts.filter((start) => start.enabled);
  if (enabled.length === 0) return await stopStarts(deps, workspace, id);
  const graph = graphOfStarts(id, enabled);
  const { automation } = await deps.db.inWorkspace(workspace, async ({ automations }) => ({
    automation: await automations.keepStarts(id, { name, draft: graph }),
  }));
  await publishGraph(deps, { principal, request, automation, graph });
}

/** Nothing starts the agent by itself any more. Runs under way go on. */
export async function stopStarts(deps: ApiDeps, workspace: string, agent: string): Promise<void> {
  const kept = await deps.db.inWorkspace(workspace, ({ automations }) => automations.thatStarts(agent));
  if (kept) await unpublishGraph(deps, { workspace, automation: kept });
}

/** The same for good: the agent goes. */
export async function removeStarts(deps: ApiDeps, workspace: string, agent: string): Promise<void> {
  const kept = await deps.db.inWorkspace(workspace, ({ automations }) => automations.thatStarts(agent));
  if (kept) await removeAutomation(deps, { workspace, automation: kept });
}
