/** A chat in the words of the OpenAI protocol. */
import type OpenAI from 'openai';
import type { ChatMessage } from '../../contracts/models/chat.ts';
import { isStrictSchema } from '../strict-schema.ts';
import type { ChatToMake } from './provider.ts';

export interface RequestOptions {
  baseUrl: string;
  /** What the service does not know. */
  without: ReadonlySet<'stream_options' | 'response_format' | 'temperature'>;
}

export function toOpenAiRequest(
  { model, messages, tools = [], toolChoice, temperature, maxTokens, format }: ChatToMake,
  { baseUrl, without }: RequestOptions,
): OpenAI.ChatCompletionCreateParamsStreaming {
  return {
    model,
    stream: true,
    messages: messages.map(toMessage),
    ...(!without.has('stream_options') && { stream_options: { include_usage: true } }),
    // The makers' own refuse the old name for models that reason, and others do not know the new one.
    ...(isOpenAi(baseUrl) ? { max_completion_tokens: maxTokens } : { max_tokens: maxTokens }),
    ...(temperature !== undefined && !without.has('temperature') && { temperature }),
    ...(tools.length > 0 && {
      tools: tools.map((tool) => ({ type: 'function' as const, function: tool })),
      ...(toolChoice && {
        tool_choice:
          typeof toolChoice === 'string'
            ? toolChoice
            : { type: 'function' as const, function: { name: toolChoice.name } },
      }),
    }),
    ...(format &&
      !without.has('response_format') && {
        response_format: {
          type: 'json_schema' as const,
          json_schema: { name: format.name, schema: format.schema, strict: isStrictSchema(format.schema) },
        },
      }),
  };
}

function isOpenAi(baseUrl: string): boolean {
  const { hostname } = new URL(baseUrl);
  return hostname === 'api.openai.com' || hostname.endsWith('.openai.azure.com');
}

function toMessage(message: ChatMessage): OpenAI.ChatCompletionMessageParam {
  switch (message.role) {
    case 'system':
      return { role: 'system', content: message.content };
    case 'user':
      if (typeof message.content === 'string') return { role: 'user', content: message.content };
      return {
        role: 'user',
        content: message.content.map((part) =>
          part.type === 'text'
            ? { type: 'text', text: part.text }
            : { type: 'image_url', image_url: { url: `data:${part.mimeType};base64,${part.data}` } },
        ),
      };
    case 'assistant':
      return {
        role: 'assistant',
        content: message.content,
        ...(message.toolCalls?.length && {
          tool_calls: message.toolCalls.map(({ id, name, arguments: args }) => ({
            id,
            type: 'function' as const,
            function: { name, arguments: args },
          })),
        }),
      };
    case 'tool':
      return { role: 'tool', tool_call_id: message.toolCallId, content: message.content };
  }
}
