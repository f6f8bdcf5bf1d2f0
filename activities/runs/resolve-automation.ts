/**
 * Finds what a run is to call: the version that is published now, and the trigger at which other runs start it. Only automations of
 * the run's own workspace are found; the workspace's id is from the run's input, which a builder can't write.
 */
import { subAutomationTrigger } from '../../contracts/catalogue/sub-automation-trigger.ts';
import { type ChildTarget, maxCallDepth } from '../../contracts/child-run.ts';
import type { RunDeps } from '../../runs/run-deps.ts';
import type { VersionGraphs } from '../../runs/version-graphs.ts';
import { finalFailure } from '../step-failed.ts';

export interface ResolveInput {
  workspace: string;
  automation: string;
  /** The automations above the run that is to start, the first caller's first, the caller last. */
  callers: string[];
  /** The caller's node, by name. */
  node: string;
}

/** @throws ApplicationFailure, non-retryable, when it can't be called. What the database throws is Temporal's to retry. */
export type ResolveAutomation = (input: ResolveInput) => Promise<ChildTarget>;

export function createResolveAutomation(
  deps: { runs: RunDeps; graphs: VersionGraphs } | undefined,
): ResolveAutomation {
  return async ({ workspace, automation, callers, node }) => {
    if (!deps) throw finalFailure({ code: 'no-database', message: 'This worker has no database.' });
    refuseCircles(automation, callers, node);
    const { db } = deps.runs;
    const { stored, listener } = await db.inWorkspace(workspace, async ({ automations, subscriptions }) => ({
      stored: await automations.get(automation),
      listener: (await subscriptions.ofAutomation(automation)).find(({ kind }) => kind === 'sub-automation'),
    }));
    if (!stored)
      throw finalFailure({
        code: 'sub-automation-missing',
        message: `"${node}" calls an automation that is not in this workspace any more.`,
        hint: 'Choose another one in the node and publish again.',
      });
    if (!listener)
      throw finalFailure({
        code: 'sub-automation-not-callable',
        message: `"${stored.name}" can't be called: ${stored.publishedVersion === undefined ? 'it is not published' : 'what is published of it has no trigger “When called”'}.`,
        hint: 'Open it, add the trigger “When called” if it is missing, and publish it.',
      });
    const graph = await deps.graphs.get(listener.version.id, workspace);
    const trigger = graph?.nodes.get(listener.node);
    if (!graph || !trigger)
      throw finalFailure({
        code: 'version-not-found',
        message: `The published version of "${stored.name}" is not there any more.`,
        hint: 'Publish it again.',
      });
    const { fields } = subAutomationTrigger.parameters.parse(trigger.parameters);
    return {
      automation: listener.automation,
      version: listener.version,
      node: listener.node,
      fields,
      variables: graph.variables,
      priority: graph.settings.priority,
    };
  };
}

/** An automation that calls itself, over others too, would never end; the depth holds where ids are not enough. */
function refuseCircles(automation: string, callers: readonly string[], node: string): void {
  if (callers.includes(automation))
    throw finalFailure({
      code: 'sub-automation-circle',
      message: `"${node}" calls an automation that this run is already a part of: it would call itself for ever.`,
      hint: 'Use a loop in one automation, or let the callers share a third one.',
    });
  if (callers.length >= maxCallDepth)
    throw finalFailure({
      code: 'sub-automation-depth',
      message: `Automations call each other ${maxCallDepth} deep at most, and "${node}" would go deeper.`,
      hint: 'Let one automation do what several in a row do now.',
    });
}
