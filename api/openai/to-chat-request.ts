/** A request in OpenAI's words, for a model, in ours. It is passed on as it is: nothing is put in front of what the caller says. */
import type {
  ChatCompletionRequest,
  OpenAiMessage,
  OpenAiPart,
} from '../../contracts/api/openai/chat-request.ts';
import type { AnswerFormat, ChatMessage, ChatRequest, ContentPart } from '../../contracts/models/chat.ts';

export function toChatRequest(request: ChatCompletionRequest): ChatRequest {
  const { temperature, top_p, max_tokens, max_completion_tokens, stop, tools, tool_choice } = request;
  const maxTokens = max_completion_tokens ?? max_tokens;
  const ends = (typeof stop === 'string' ? [stop] : (stop ?? [])).filter((each) => each !== '');
  const format = formatOf(request);
  return {
    messages: toMessages(request.messages),
    ...(tools?.length && {
      tools: tools.map(({ function: { name, description, parameters } }) => ({
        ...{ name, description },
        parameters: parameters ?? { type: 'object', properties: {} },
      })),
      ...(tool_choice && {
        toolChoice: typeof tool_choice === 'string' ? tool_choice : { name: tool_choice.function.name },
      }),
    }),
    ...(typeof temperature === 'number' && { temperature }),
    ...(typeof top_p === 'number' && { topP: top_p }),
    ...(ends.length > 0 && { stop: ends }),
    ...(typeof maxTokens === 'number' && { maxTokens }),
    ...(format && { format }),
  };
}

/** What the answer has to look like. `json_object` is any object. */
export function formatOf({ response_format: format }: ChatCompletionRequest): AnswerFormat | undefined {
  if (format?.type === 'json_object') return { name: 'json', schema: { type: 'object' } };
  return format?.type === 'json_schema' ? format.json_schema : undefined;
}

export function partsOf(parts: readonly OpenAiPart[]): ContentPart[] {
  return parts.map((part): ContentPart => {
    if (part.type === 'text') return part;
    if (part.type === 'file')
      return { type: 'document', name: part.file.filename, data: base64Of(part.file.file_data) };
    const { url } = part.image_url;
    return { type: 'image', mimeType: url.slice('data:'.length, url.indexOf(';')), data: base64Of(url) };
  });
}

export function textOf(content: string | readonly { text: string }[] | null | undefined): string {
  return typeof content === 'string' ? content : (content ?? []).map(({ text }) => text).join('\n');
}

function toMessages(messages: readonly OpenAiMessage[]): ChatMessage[] {
  /** Names of tools by the ids of their calls: a result says only the latter. */
  const names = new Map<string, string>();
  for (const message of messages)
    if (message.role === 'assistant')
      for (const { id, function: call } of message.tool_calls ?? []) names.set(id, call.name);
  return messages.map((message) => toMessage(message, names));
}

function toMessage(message: OpenAiMessage, names: ReadonlyMap<string, string>): ChatMessage {
  switch (message.role) {
    case 'system':
    case 'developer':
      return { role: 'system', content: textOf(message.content) };
    case 'user': {
      const { content } = message;
      return { role: 'user', content: typeof content === 'string' ? content : partsOf(content) };
    }
    case 'assistant': {
      const toolCalls = (message.tool_calls ?? []).map(({ id, function: call }) => ({ id, ...call }));
      return {
        ...{ role: 'assistant', content: textOf(message.content) },
        ...(toolCalls.length > 0 && { toolCalls }),
      };
    }
    case 'tool': {
      const { tool_call_id: toolCallId, content } = message;
      return { role: 'tool', toolCallId, name: names.get(toolCallId) ?? '', content: textOf(content) };
    }
  }
}

function base64Of(url: string): string {
  return url.slice(url.indexOf(',') + 1);
}
