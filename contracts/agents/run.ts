/**
 * A run of an agent: the workflow `agentRun`. What it is given, what is said to it while it runs, and what it gives.
 *
 * It fails as a run of an automation does: with an ApplicationFailure whose `details[0]` is the `Failure`; `details[1]` is an
 * `AgentRunPartial`, what had come by then.
 */
import { z } from 'zod';
import type { AnswerTarget } from '../chat/stream.ts';
import type { Item } from '../item.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import type { AnsweredBy, ChatMessage } from '../models/chat.ts';
import type { TokenUsage } from '../models/usage.ts';
import type { AgentDefinition, AgentLimits } from './agent.ts';
import type { LoadedAgent } from './loaded-agent.ts';

export const agentRunWorkflow = 'agentRun';
/** Temporal's name of the signal; its one argument is an `AgentCommand`. Decisions come as messages (`contracts/run-message.ts`). */
export const agentCommandSignal = 'agent-command';

/**
 * `waiting`: for a person. `paused`: somebody stopped it for a while. `stopped`: somebody ended it; what had come by then counts.
 */
export const agentRunState = z.enum([
  'queued',
  'running',
  'waiting',
  'paused',
  'succeeded',
  'failed',
  'stopped',
]);
export type AgentRunState = z.output<typeof agentRunState>;

export function agentRunHasEnded(state: AgentRunState): boolean {
  return state === 'succeeded' || state === 'failed' || state === 'stopped';
}

export const agentStepState = z.enum(['running', 'waiting', 'succeeded', 'failed', 'denied']);
export type AgentStepState = z.output<typeof agentStepState>;

/** What started it. `agent`: another agent that delegates. */
export const agentRunTrigger = z.enum([
  'chat',
  'playground',
  'api',
  'automation',
  'agent',
  'event',
  'schedule',
]);
export type AgentRunTrigger = z.output<typeof agentRunTrigger>;

/** Before the agent's id, in place of the calling node of a run of an automation that an agent called. */
export const agentCaller = 'agent:';

/** Agents above one another at most, the first one counted. */
export const maxAgentDepth = 5;

export const agentCommand = z.discriminatedUnion('kind', [
  /** Nothing new is begun; what is under way ends. */
  z.object({ kind: z.literal('pause') }),
  z.object({ kind: z.literal('resume') }),
  /** Ends it with what has come. */
  z.object({ kind: z.literal('stop') }),
  /** A message of the user that is taken in before the next call to the model. Heard once for each id. */
  z.object({
    kind: z.literal('steer'),
    id: z.string().min(1).max(200),
    text: z.string().min(1).max(100_000),
  }),
]);
export type AgentCommand = z.output<typeof agentCommand>;

export interface AgentRunInput {
  run: string;
  workspace: string;
  agent: { id: string; name: string };
  /** Number 0 and no id: a draft, whose `definition` comes with it. */
  version: { id: string; number: number };
  definition?: AgentDefinition | undefined;
  /** Whoever starts it has loaded the agent and written the run down, which saves it a step before its first words. */
  loaded?: LoadedAgent | undefined;
  /** The conversation so far, the user's message last. No system message: the agent's instructions are that. */
  messages: ChatMessage[];
  /** The message of a conversation that shows the answer as it grows. */
  target?: AnswerTarget | undefined;
  /** Somebody follows it past any conversation: its words are told on the bus as they come (`agent.said`). */
  followed?: true | undefined;
  trigger: AgentRunTrigger;
  /** Id of the user it acts for: whose budget counts, and who is asked first. */
  startedBy?: string | undefined;
  /** By the names of the version's variables. */
  variables?: Record<string, string> | undefined;
  /** The run that called this one: of an agent, or of an automation. */
  parent?: { kind: 'agent' | 'automation'; run: string; step: string } | undefined;
  /** JSON schema of the answer, in place of the version's own. */
  output?: JsonObject | undefined;
  /** Stricter than the version's own; what is looser does not count. */
  limits?: Partial<AgentLimits> | undefined;
  /** Agents above this one: ids, the first caller's first. */
  callers?: string[] | undefined;
  /** Automations above this one. */
  automations?: string[] | undefined;
  /** Where a continued execution takes up. Written and read by the workflow only. */
  resume?: unknown;
}

/** What it took. */
export interface AgentRunCosts {
  /** Calls to the model and to tools. */
  steps: number;
  usage: TokenUsage;
  /** Micro-units; null when a model has no price. */
  cost: number | null;
  /** What gave the last answer. */
  by?: AnsweredBy | undefined;
}

/** What had come when it failed. */
export interface AgentRunPartial extends AgentRunCosts {
  text: string;
}

export interface AgentRunResult extends AgentRunCosts {
  status: 'succeeded' | 'stopped';
  /** Of the last answer. */
  text: string;
  /** As the version's schema asks for it. */
  output?: JsonValue | undefined;
  /** Who answered: another one than was asked after a hand-off. */
  agent: { id: string; name: string };
  /** What the run put behind the messages it was given: answers, tool calls with their results, messages that steered it. */
  messages: ChatMessage[];
}

/** What a run of an automation is given back by a run of an agent that it called. */
export function itemsOfAgentRun(
  run: string,
  { text, output, agent, steps, usage, cost }: AgentRunResult,
): Item[] {
  const tokens = { input: usage.input, output: usage.output };
  return [
    {
      json: { text, ...(output !== undefined && { output }), agent: { ...agent }, run, steps, tokens, cost },
    },
  ];
}

/** `agent:<workspace>:<agent>:<run>`: an operator can read it in the Temporal UI. */
export function agentWorkflowIdOf(of: { workspace: string; agent: string; run: string }): string {
  return `agent:${of.workspace}:${of.agent}:${of.run}`;
}

/** The same in every attempt, after crashes too: what a tool that touches the world is called with. */
export function toolKeyOf(run: string, step: number, call: string): string {
  return `${run}:${step}:${call}`;
}
