/** What the workflow of an agent's run asks of its activities, and what they give back. */
import type { AnswerTarget } from '../chat/stream.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import type { ChatAnswer, ChatMessage, FileContent, ToolDefinition } from '../models/chat.ts';
import type { Failure } from '../run.ts';
import type { AgentDefinition } from './agent.ts';
import type { AgentRunInput, AgentRunState, AgentStepState } from './run.ts';
import type { Tool, ToolKind } from './tool.ts';

export interface LoadAgentInput {
  workspace: string;
  agent: { id: string; name: string };
  /** No id: what is published now. */
  version: { id: string; number: number };
  /** A draft. */
  definition?: AgentDefinition | undefined;
  /** Set at the beginning of a run, which is then written down. */
  run?:
    | Pick<AgentRunInput, 'run' | 'trigger' | 'startedBy' | 'target' | 'parent' | 'automations'>
    | undefined;
}

/** Which step of which run, and who sees it grow. */
export interface AgentStepFacts {
  workspace: string;
  run: string;
  /** The agent's id. */
  agent: string;
  step: number;
  target?: AnswerTarget | undefined;
  followed?: true | undefined;
}

/** `turn`: the agent's next answer; `summary`: of what was old in the context; `output`: the answer as the schema asks for it. */
export type ModelCallPurpose = 'turn' | 'summary' | 'output';

export interface ModelCallInput extends AgentStepFacts {
  purpose: ModelCallPurpose;
  /** As contracts/models/chain.ts writes it. */
  model: string;
  messages: ChatMessage[];
  /** What people have said since the call before: shown at the place where it was heard. */
  steered?: string[] | undefined;
  tools: ToolDefinition[];
  temperature?: number | undefined;
  maxTokens?: number | undefined;
  /** JSON schema, for `output`. */
  schema?: JsonObject | undefined;
  member?: string | undefined;
}

export interface ModelCallResult {
  /** Usage and cost of all calls that it took. */
  answer: ChatAnswer;
  /** For `output`. */
  output?: JsonValue | undefined;
  /** Somebody stopped it: this is what had come. */
  stopped?: true | undefined;
}

export interface ToolCallInput extends AgentStepFacts {
  call: string;
  tool: Tool;
  arguments: JsonObject;
  /** As the model wrote them. */
  written: string;
  /** Id of the user it acts for. */
  member?: string | undefined;
  /** Epoch ms of the workflow's clock. */
  now: number;
}

/** What a tool gave, as the model is to read it. */
export interface ToolOutcome {
  /** Shortened where it is long: the rest is read by `read_result`. */
  text: string;
  /** Files that the model is to look at. */
  shows?: FileContent[] | undefined;
  failure?: Failure | undefined;
}

/** A tool call that the workflow itself sees to: it starts something, or asks somebody. */
export interface ToolCallNews extends AgentStepFacts {
  call: string;
  kind: ToolKind;
  name: string;
  state: AgentStepState;
  written: string;
  /** It waits for this approval: its id follows from run, call and step. */
  asks?: boolean | undefined;
  /** `run:<id>` or `agent-run:<id>`. */
  child?: string | undefined;
  /** Whole. */
  result?: JsonValue | undefined;
  failure?: Failure | undefined;
}

export interface AgentRunNews {
  workspace: string;
  run: string;
  agent: { id: string; name: string };
  state: AgentRunState;
  target?: AnswerTarget | undefined;
}
