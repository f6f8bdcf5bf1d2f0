import type { ToolDefinition } from '../models/chat.ts';
import type { AgentDefinition } from './agent.ts';

/** An agent as a run has it: pinned, and told to the model. */
export interface LoadedAgent {
  agent: { id: string; name: string };
  version: { id: string; number: number };
  definition: AgentDefinition;
  /** One for each tool that is not denied, in the order of the definition. */
  offered: ToolDefinition[];
}
