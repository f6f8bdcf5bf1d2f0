import type { AgentRunInput } from '../../contracts/agents/run.ts';
import type { AgentStepFacts } from '../../contracts/agents/work.ts';
import type { AgentInbox } from './agent-inbox.ts';
import type { AgentState } from './agent-state.ts';

/** What every call of a round shares. */
export interface ToolRound {
  input: AgentRunInput;
  state: AgentState;
  inbox: AgentInbox;
  facts: AgentStepFacts;
  /** Somebody is asked, or is not any more: the run waits or works. */
  waits(change: 1 | -1): Promise<void>;
}
