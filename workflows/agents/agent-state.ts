/** Where a run of an agent stands: all that continues as new, and nothing else. */

import type { LoadedAgent } from '../../contracts/agents/loaded-agent.ts';
import type { AgentRunInput } from '../../contracts/agents/run.ts';
import type { AnsweredBy, ChatMessage } from '../../contracts/models/chat.ts';
import { nothingTaken, type Taken } from '../../engine/agents/limits.ts';
import type { Repeats } from '../../engine/agents/repeats.ts';

export interface AgentState {
  /** Who answers now: another one after a hand-off. */
  active: LoadedAgent;
  messages: ChatMessage[];
  /** Where what the run itself added begins. */
  added: number;
  /** Of the next call to the model. */
  step: number;
  taken: Taken;
  repeats: Repeats;
  /** Repetitions that were refused since a call was made. */
  refusals: number;
  /** Some result was too long to be given whole. */
  hasLongResults: boolean;
  by?: AnsweredBy | undefined;
  /** Of the last answer. */
  text: string;
}

/** What goes from one execution to the next. */
export interface ResumedAgent {
  state: AgentState;
  heard: string[];
  steering: string[];
  isPaused: boolean;
}

export function firstState(active: LoadedAgent, { messages }: AgentRunInput): AgentState {
  return {
    ...{ active, messages, added: messages.length, step: 0, taken: nothingTaken },
    ...{ repeats: {}, refusals: 0, hasLongResults: false, text: '' },
  };
}
