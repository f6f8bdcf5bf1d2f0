/**
 * One run of an automation. The graph and everything else it needs is pinned in its input, so publishing never changes a run
 * under way; the engine (`engine/`) interprets it, and this file gives the engine Temporal for hands.
 *
 * A failure of the graph ends the workflow with a non-retryable ApplicationFailure. Any other error would fail the workflow task,
 * which Temporal retries for ever: so none gets out.
 */
import { ApplicationFailureCategory } from '@temporalio/common';
import {
  ApplicationFailure,
  allHandlersFinished,
  ContinueAsNew,
  condition,
  defineQuery,
  defineSignal,
  isCancellation,
  log,
  makeContinueAsNewFunc,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { Graph } from '../contracts/graph.ts';
import type { Item } from '../contracts/item.ts';
import {
  type Failure,
  priorities,
  type RunEvent,
  type RunHeader,
  type RunInput,
  type RunResult,
  stepOutputsQuery,
} from '../contracts/run.ts';
import { runHeaderOf, runOfInput, type WorkflowFacts } from '../contracts/run-header.ts';
import { messageSignal, type RunMessage } from '../contracts/run-message.ts';
import { varsOf } from '../contracts/variables.ts';
import type { CompiledGraph } from '../engine/graph/compile-graph.ts';
import { wantsOf, workspaceLimit } from '../engine/limits/wants.ts';
import { EngineFailure } from '../engine/run/engine-failure.ts';
import { type RunOutcome, runGraph } from '../engine/run/run-graph.ts';
import type { Snapshot } from '../engine/run/snapshot.ts';
import { type PreparedRun, prepareRun } from './prepare-run.ts';
import { RunInbox } from './run-inbox.ts';
import { RunRecord } from './run-record.ts';
import { RunSlots } from './run-slots.ts';
import { temporalPorts } from './temporal-ports.ts';
import { triggerItems } from './trigger-items.ts';

/** What the run is and what it reported; used by the reconciler when records were lost. */
export const recordQuery = defineQuery<{ header: RunHeader; events: RunEvent[] }>('record');

const outputsQuery = defineQuery<Record<string, Item[]> | null, [string, number]>(stepOutputsQuery);
const messageDefinition = defineSignal<[RunMessage]>(messageSignal);

/**
 * Items with which an execution is given more than Temporal's 10 s for a task. Its first has to read them all, and after a task that
 * took too long so has the next, together with all that was computed since: on a busy machine none would ever end in time. The price
 * is that such a run is taken over later from a worker that died.
 */
const manyItems = 10_000;

export async function automation(given: RunInput): Promise<RunResult> {
  const facts = workflowFacts();
  const input: RunInput = { ...given, run: runOfInput(given, facts) };
  const record = new RunRecord(runHeaderOf(input, facts));
  const inbox = new RunInbox(input.resume?.messages);
  setHandler(recordQuery, () => record.told());
  setHandler(outputsQuery, (node, index) => record.outputsOf(node, index));
  setHandler(messageDefinition, (message) => inbox.receive(message));
  let slots: RunSlots | undefined;
  try {
    const prepared = await prepareRun(input, record);
    if (!prepared.ok) throw failedRun(prepared.failure);
    const { run } = prepared;
    slots = slotsOf(run, record);
    const outcome = await interpret(run, record, inbox, slots);
    if (outcome.kind !== 'continue') await slots?.giveBack();
    if (outcome.kind === 'succeeded')
      return { state: 'succeeded', ...(outcome.items && { items: outcome.items }) };
    if (outcome.kind === 'failed') throw failedRun(outcome.failure);
    const { snapshot, seq } = outcome;
    const startedAt = record.header.startedAt;
    await condition(allHandlersFinished);
    const messages = inbox.unheard();
    const continueAsNew = makeContinueAsNewFunc<typeof automation>(
      snapshot.items.length > manyItems ? { workflowTaskTimeout: '60s' } : {},
    );
    return await continueAsNew({
      ...run.input,
      items: undefined,
      variables: run.variables,
      // Nothing left to take: the former run's records may go.
      ...(input.rerun && !outcome.reuses && { rerun: { ...input.rerun, of: undefined } }),
      resume: {
        ...{ startedAt, seq, snapshot },
        ...(messages.length > 0 && { messages }),
        ...(slots?.isHolding && { holdsSlots: true }),
      },
    });
  } catch (error) {
    if (!(error instanceof ContinueAsNew)) await slots?.giveBack();
    throw presentable(error);
  }
}

/** Undefined for most runs: they wait for nothing and hold nothing. */
function slotsOf({ input, compiled }: PreparedRun, record: RunRecord): RunSlots | undefined {
  const { concurrency, concurrencyByKey } = compiled.settings;
  const isLimited = concurrency ?? concurrencyByKey ?? workspaceLimit(input);
  return isLimited === undefined ? undefined : new RunSlots(input, record);
}

/** Benign: a run that fails by its own graph is the builder's business, not a warning in the operator's log. */
function failedRun(failure: Failure): ApplicationFailure {
  return ApplicationFailure.create({
    message: failure.message,
    type: failure.code,
    nonRetryable: true,
    details: [failure],
    category: ApplicationFailureCategory.BENIGN,
  });
}

async function interpret(
  { input, graph, compiled, variables, recorded }: PreparedRun,
  record: RunRecord,
  inbox: RunInbox,
  slots: RunSlots | undefined,
): Promise<RunOutcome> {
  const { resume, rerun } = input;
  const items = resume ? [] : firstItems(input, graph);
  if (slots && !resume) {
    const refused = await takeTurn(slots, input, compiled, items);
    if (refused) return refused;
  }
  return await runGraph(
    compiled,
    {
      run: input.run,
      mode: input.trigger.kind,
      workspace: input.workspace,
      automation: input.automation,
      trigger: { node: input.trigger.node, items },
      pinnedData: input.usePinnedData ? graph.pinnedData : undefined,
      answersWithLastNode: input.answer === 'lastNode',
      ...((input.caller?.waits || input.returns) && { returns: returnsOf(input, graph) }),
      ...(variables && {
        vars: varsOf(variables),
        ...(variables.secret.length > 0 && { secretMarker: variables.marker }),
      }),
      ...(rerun && {
        retryOf: input.retryOf,
        recorded,
        only: rerun.only && new Set(rerun.only),
        input: rerun.input,
      }),
      seq: slots?.seq ?? resume?.seq,
      snapshot: resume?.snapshot as Snapshot | undefined,
    },
    temporalPorts(input, record, inbox),
  );
}

function firstItems(input: RunInput, graph: Graph): Item[] {
  return input.items ?? triggerItems(graph, input.trigger.node, workflowInfo().startTime);
}

/** Waits until the run may begin. Gives the run's end when its limits can't be worked out. */
async function takeTurn(
  slots: RunSlots,
  input: RunInput,
  { settings }: CompiledGraph,
  items: readonly Item[],
): Promise<RunOutcome | undefined> {
  try {
    const wants = wantsOf(input, settings, items, Date.now());
    const priority = settings.priority ?? priorities[input.trigger.kind];
    if (wants.length > 0) await slots.take(wants, priority);
    return undefined;
  } catch (error) {
    if (!(error instanceof EngineFailure)) throw error;
    return slots.fail(error.failure);
  }
}

/** What the trigger says is given back: the items of the node it names, or of the last one. */
function returnsOf({ trigger }: RunInput, { nodes }: Graph): { node?: string | undefined } {
  const returns = nodes.find(({ id }) => id === trigger.node)?.parameters.returns;
  return typeof returns === 'string' && returns !== '' ? { node: returns } : {};
}

/** What may leave the workflow function: cancellation, continue-as-new, and failures that end the run. */
function presentable(error: unknown): unknown {
  if (isCancellation(error) || error instanceof ApplicationFailure || error instanceof ContinueAsNew)
    return error;

  log.error('The interpreter broke', { error });
  const message = error instanceof Error ? error.message : String(error);
  return ApplicationFailure.nonRetryable(`The interpreter broke: ${message}`, 'internal');
}

/** What Temporal says of this workflow. */
function workflowFacts(): WorkflowFacts {
  const { workflowId, firstExecutionRunId: firstRunId, startTime } = workflowInfo();
  return { workflowId, firstRunId, startedAt: startTime.getTime() };
}
