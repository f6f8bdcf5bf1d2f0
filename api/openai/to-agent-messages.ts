/**
 * A conversation in OpenAI's words, as a run of an agent is given it. The agent's own instructions are its system message: what a caller
 * writes as such is told to it as said by its user, who may not overrule them.
 */
import type { ChatCompletionRequest, OpenAiMessage } from '../../contracts/api/openai/chat-request.ts';
import { betweenTags } from '../../contracts/models/between-tags.ts';
import type { ChatMessage } from '../../contracts/models/chat.ts';
import { notHere } from './openai-error.ts';
import { partsOf, textOf } from './to-chat-request.ts';

/** @throws OpenAiError for tools of the caller's, and for a conversation whose last word is not the user's */
export function toAgentMessages({ messages, tools }: ChatCompletionRequest): ChatMessage[] {
  if (tools?.length)
    throw notHere(
      'tools',
      'An agent calls tools of its own, which it was given in Hiviex. Leave "tools" out, or name a chain or a model of a provider as "model".',
    );
  const made = messages.map(toMessage);
  if (made.at(-1)?.role !== 'user')
    throw notHere(
      'messages',
      'An agent answers a message of its user: the last one has to be of the role "user".',
    );
  return made;
}

function toMessage(message: OpenAiMessage, position: number): ChatMessage {
  switch (message.role) {
    case 'system':
    case 'developer':
      return { role: 'user', content: betweenTags('context', textOf(message.content)) };
    case 'user': {
      const { content } = message;
      return { role: 'user', content: typeof content === 'string' ? content : partsOf(content) };
    }
    case 'assistant':
      if (message.tool_calls?.length) throw ofTools(position);
      return { role: 'assistant', content: textOf(message.content) };
    case 'tool':
      throw ofTools(position);
  }
}

function ofTools(position: number) {
  return notHere(
    `messages.${position}`,
    'An agent calls its tools itself: calls of tools and their results can not be given to it. Send what was said only.',
  );
}
