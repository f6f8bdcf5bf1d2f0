/** What was asked below `/v1`, and how it ended: of a model or of an agent alike. */
import type { AnsweredHere, OpenAiUsage } from '../../contracts/api/openai/chat-completion.ts';
import type { ChatChunk, FinishReason, ToolCall } from '../../contracts/models/chat.ts';
import type { TokenUsage } from '../../contracts/models/usage.ts';

export interface Answered {
  text: string;
  reasoning: string;
  toolCalls: ToolCall[];
  finish: FinishReason;
  usage: TokenUsage;
  here: AnsweredHere;
}

/** Something that was asked, and answers into `onChunk` as it comes. What comes without pieces is in the end all the same. */
export interface Asking {
  /** Of an agent: known once Temporal has it. */
  run?: string | undefined;
  /** @throws OpenAiError */
  answer(onChunk: (chunk: ChatChunk) => void): Promise<Answered>;
}

export function toOpenAiUsage({ input, output, cached, reasoning }: TokenUsage): OpenAiUsage {
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: cached },
    completion_tokens_details: { reasoning_tokens: reasoning },
  };
}
