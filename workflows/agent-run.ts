/**
 * One run of an agent: turn after turn, each call to the model and each call of a tool an activity (or a run of its own), until the
 * model calls for nothing more, a limit is reached, or somebody stops it. It lives over restarts of everything, and over weeks in which
 * it waits for a person.
 *
 * It fails as a run of an automation does: with a non-retryable ApplicationFailure, and with nothing else.
 */
import { ApplicationFailureCategory } from '@temporalio/common';
import {
  ApplicationFailure,
  allHandlersFinished,
  CancellationScope,
  ContinueAsNew,
  condition,
  continueAsNew,
  isCancellation,
  log,
  setCurrentDetails,
  workflowInfo,
} from '@temporalio/workflow';
import type {
  AgentRunCosts,
  AgentRunInput,
  AgentRunPartial,
  AgentRunResult,
} from '../contracts/agents/run.ts';
import type { JsonValue } from '../contracts/json.ts';
import { noUsage } from '../contracts/models/usage.ts';
import type { Failure } from '../contracts/run.ts';
import { withEveryResult } from '../engine/agents/context.ts';
import { EngineFailure } from '../engine/run/engine-failure.ts';
import { endAgentRun, loadAgent, tellAgentRun } from './agents/agent-activities.ts';
import { AgentInbox } from './agents/agent-inbox.ts';
import { type AgentState, firstState, type ResumedAgent } from './agents/agent-state.ts';
import { giveOutput, takeTurn } from './agents/agent-turn.ts';
import { asEngineFailure } from './step-failures.ts';

const notMade = 'It was stopped before this call ended: what it did, if anything, is not known.';

export async function agentRun(input: AgentRunInput): Promise<AgentRunResult> {
  const resumed = input.resume as ResumedAgent | undefined;
  const inbox = new AgentInbox(resumed ?? { heard: [], steering: [], isPaused: false });
  let state = resumed?.state;
  try {
    const begun = state ?? firstState(await begin(input), input);
    state = begun;
    const output = await inbox.work.run(() => work(input, begun, inbox));
    return await end(input, state, inbox.isStopped ? 'stopped' : 'succeeded', { output });
  } catch (error) {
    if (error instanceof ContinueAsNew) throw error;
    return await endOf(error, input, state, inbox);
  }
}

async function begin({ workspace, agent, version, definition, loaded, ...input }: AgentRunInput) {
  if (loaded) return loaded;
  const { run, trigger, startedBy, target, parent, automations } = input;
  return await loadAgent({
    ...{ workspace, agent, version, definition },
    run: { run, trigger, startedBy, target, parent, automations },
  });
}

/** Turn after turn. Continues as new between two of them, when the history is long. */
async function work(
  input: AgentRunInput,
  state: AgentState,
  inbox: AgentInbox,
): Promise<JsonValue | undefined> {
  for (;;) {
    if (inbox.isPaused) await pause(input, state, inbox);
    show(state);
    const turn = { input, state, inbox };
    const outcome = await takeTurn(turn);
    if (outcome === 'stopped') return undefined;
    if (outcome === 'answered') return await giveOutput(turn);
    if (workflowInfo().continueAsNewSuggested) await goOnAsNew(input, state, inbox);
  }
}

async function pause(input: AgentRunInput, state: AgentState, inbox: AgentInbox): Promise<void> {
  const { workspace, run, target } = input;
  const news = { workspace, run, agent: state.active.agent, target };
  await tellAgentRun({ ...news, state: 'paused' });
  await inbox.untilGoing();
  await tellAgentRun({ ...news, state: 'running' });
}

async function goOnAsNew(input: AgentRunInput, state: AgentState, inbox: AgentInbox): Promise<never> {
  await condition(allHandlersFinished);
  const resume: ResumedAgent = { state, ...inbox.resumed };
  return await continueAsNew<typeof agentRun>({
    ...input,
    messages: [],
    definition: undefined,
    loaded: undefined,
    resume,
  });
}

/** A stop, a failure, or a fault of ours. */
async function endOf(
  error: unknown,
  input: AgentRunInput,
  state: AgentState | undefined,
  inbox: AgentInbox,
): Promise<AgentRunResult> {
  if (isCancellation(error)) {
    const result = await CancellationScope.nonCancellable(() => end(input, state, 'stopped', {}));
    // Cancelled from outside, in the Temporal UI or by who started it: Temporal is to say so, too.
    if (!inbox.isStopped) throw error;
    return result;
  }
  const known = asEngineFailure(error);
  if (!(known instanceof EngineFailure)) throw error;
  const { failure } = known;
  if (known !== error && failure.code === 'internal') log.error('The run of an agent broke', { error });
  await CancellationScope.nonCancellable(() => end(input, state, 'failed', { failure }));
  const partial: AgentRunPartial = { text: state?.text ?? '', ...costsOf(state) };
  // Benign: a model that does not answer is the builder's business, not a warning in the operator's log.
  throw ApplicationFailure.create({
    message: failure.message,
    type: failure.code,
    nonRetryable: true,
    details: [failure, partial],
    category: ApplicationFailureCategory.BENIGN,
  });
}

async function end(
  input: AgentRunInput,
  state: AgentState | undefined,
  how: 'succeeded' | 'failed' | 'stopped',
  { output, failure }: { output?: JsonValue | undefined; failure?: Failure | undefined },
): Promise<AgentRunResult> {
  const { workspace, run, parent } = input;
  const agent = state?.active.agent ?? input.agent;
  const text = state?.text ?? '';
  const costs = costsOf(state);
  await endAgentRun({
    ...{ workspace, run, agent, state: how },
    progress: { state: how, ...costs, text, output, failure },
    isPart: parent?.kind === 'agent',
    causedBy: parent?.kind === 'automation' ? parent.run : undefined,
  });
  const messages = state ? withEveryResult(state.messages.slice(state.added), notMade) : [];
  return {
    ...{ status: how === 'stopped' ? 'stopped' : 'succeeded', text, agent, messages, ...costs },
    ...(output !== undefined && { output }),
  };
}

function costsOf(state: AgentState | undefined): AgentRunCosts {
  if (!state) return { steps: 0, usage: noUsage, cost: 0 };
  const { modelCalls, toolCalls, usage, cost } = state.taken;
  return { steps: modelCalls + toolCalls, usage, cost, by: state.by };
}

/** For operators: where it stands, in the Temporal UI. */
function show({ active, taken, messages }: AgentState): void {
  setCurrentDetails(
    `**${active.agent.name}**: ${taken.modelCalls} calls to the model, ${taken.toolCalls} to tools, ${messages.length} messages.`,
  );
}
