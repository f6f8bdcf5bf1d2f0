/** What a run needs before it begins, wherever it comes from: its input, or the database by local activities. */
import { isCancellation } from '@temporalio/workflow';
import type { RunFlow } from '../contracts/flow.ts';
import type { Graph } from '../contracts/graph.ts';
import type { RecordedStep } from '../contracts/rerun.ts';
import type { Failure, RunInput } from '../contracts/run.ts';
import type { RunVariables } from '../contracts/variables.ts';
import type { CompiledGraph } from '../engine/graph/compile-graph.ts';
import { compiledVersion } from '../engine/graph/compiled-versions.ts';
import { EngineFailure } from '../engine/run/engine-failure.ts';
import type { RunRecord } from './run-record.ts';
import { loadGraph, loadRecordedSteps, loadRunFlow, loadRunVariables } from './temporal-ports.ts';

export interface PreparedRun {
  /** With what the run asked for itself: its workspace's limit. */
  input: RunInput;
  graph: Graph;
  compiled: CompiledGraph;
  variables?: RunVariables | undefined;
  recorded?: RecordedStep[] | undefined;
}

/**
 * A version that passed validation loads and compiles; one from an edited database or a newer release may not: then the run's end is
 * reported here. Rejects with the cancellation, once that is reported.
 */
export async function prepareRun(
  input: RunInput,
  record: RunRecord,
): Promise<{ ok: true; run: PreparedRun } | { ok: false; failure: Failure }> {
  const { automation, version, resume } = input;
  try {
    const graph = input.graph ?? (await loadGraph(input));
    record.details.nameNodes(graph);
    // With the automation's id: drafts of different automations have the same version id (`draft:1`).
    const compiled = compiledVersion(`${automation.id}:${version.id}`, graph);
    const variables = await variablesOf(input);
    const recorded = input.rerun?.of && (await loadRecordedSteps(input, input.rerun));
    const flow = await flowOf(input);
    return { ok: true, run: { input: { ...input, flow }, graph, compiled, variables, recorded } };
  } catch (error) {
    const end = { type: 'run.finished', seq: resume?.seq ?? 0, at: Date.now() } as const;
    if (isCancellation(error)) record.add({ ...end, state: 'cancelled' });
    if (!(error instanceof EngineFailure)) throw error;
    const { failure } = error;
    record.add({ ...end, state: 'failed', failure });
    return { ok: false, failure };
  }
}

/** As the run was given them, or as they are now for a scheduled one: from here on they stay what they are. */
async function variablesOf({ variables, workspace }: RunInput): Promise<RunVariables | undefined> {
  return variables && 'load' in variables ? await loadRunVariables(workspace, variables.load) : variables;
}

/** The same for the workspace's limit. */
async function flowOf({ flow, workspace }: RunInput): Promise<RunFlow | undefined> {
  return flow && 'load' in flow ? await loadRunFlow(workspace) : flow;
}
