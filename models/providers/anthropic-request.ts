/** A chat in Anthropic's words. */
import type Anthropic from '@anthropic-ai/sdk';
import { nameOfAttachment, pdfType } from '../../contracts/models/attachments.ts';
import type { ChatMessage, ContentPart, ToolCall } from '../../contracts/models/chat.ts';
import type { ChatToMake } from './provider.ts';

export function toAnthropicRequest({
  model,
  messages,
  tools = [],
  toolChoice,
  temperature,
  topP,
  stop,
  maxTokens,
  format,
}: ChatToMake): Anthropic.MessageCreateParamsStreaming {
  const system = messages.flatMap((message) => (message.role === 'system' ? [message.content] : []));
  return {
    model,
    stream: true,
    max_tokens: maxTokens,
    messages: turnsOf(messages),
    ...(system.length > 0 && { system: system.join('\n\n') }),
    // Theirs ends at 1.
    ...(temperature !== undefined && { temperature: Math.min(1, temperature) }),
    ...(topP !== undefined && { top_p: topP }),
    ...(stop?.length && { stop_sequences: stop }),
    ...(tools.length > 0 && {
      tools: tools.map(({ name, description, parameters }) => ({
        ...{ name, description },
        input_schema: { ...parameters, type: 'object' as const },
      })),
      ...(toolChoice && { tool_choice: choiceOf(toolChoice) }),
    }),
    ...(format && { output_config: { format: { type: 'json_schema' as const, schema: format.schema } } }),
  };
}

function choiceOf(choice: NonNullable<ChatToMake['toolChoice']>): Anthropic.ToolChoice {
  if (typeof choice === 'object') return { type: 'tool', name: choice.name };
  return { type: choice === 'required' ? 'any' : choice };
}

/** Results of tools are said by the user, and those of one turn have to be said at once. */
function turnsOf(messages: readonly ChatMessage[]): Anthropic.MessageParam[] {
  const turns: Anthropic.MessageParam[] = [];
  for (const message of messages) {
    if (message.role === 'system') continue;
    const role = message.role === 'assistant' ? 'assistant' : 'user';
    const blocks = blocksOf(message);
    const last = turns.at(-1);
    if (last?.role === role && Array.isArray(last.content)) last.content.push(...blocks);
    else turns.push({ role, content: blocks });
  }
  return turns;
}

function blocksOf(message: Exclude<ChatMessage, { role: 'system' }>): Anthropic.ContentBlockParam[] {
  switch (message.role) {
    case 'user':
      if (typeof message.content === 'string') return textBlocks(message.content);
      return message.content.flatMap(partOf);
    case 'assistant':
      return [...textBlocks(message.content), ...(message.toolCalls ?? []).map(useOf)];
    case 'tool':
      return [resultOf(message)];
  }
}

/** An empty text is refused. */
function textBlocks(text: string): Anthropic.TextBlockParam[] {
  return text === '' ? [] : [{ type: 'text', text }];
}

function resultOf({
  toolCallId,
  content,
  shows,
}: Extract<ChatMessage, { role: 'tool' }>): Anthropic.ToolResultBlockParam {
  const blocks = [...textBlocks(content), ...(shows ?? []).flatMap(partOf)];
  return { type: 'tool_result', tool_use_id: toolCallId, content: shows ? blocks : content };
}

type Shown = Anthropic.TextBlockParam | Anthropic.ImageBlockParam | Anthropic.DocumentBlockParam;

function partOf(part: ContentPart): Shown[] {
  switch (part.type) {
    case 'text':
      return textBlocks(part.text);
    case 'image': {
      const media_type = part.mimeType as Anthropic.Base64ImageSource['media_type'];
      return [{ type: 'image', source: { type: 'base64', media_type, data: part.data } }];
    }
    case 'document': {
      const source = { type: 'base64', media_type: pdfType, data: part.data } as const;
      return [{ type: 'document', source, title: part.name }];
    }
    case 'file':
      return textBlocks(nameOfAttachment(part));
  }
}

function useOf({ id, name, arguments: args }: ToolCall): Anthropic.ToolUseBlockParam {
  return { type: 'tool_use', id, name, input: objectOf(args) };
}

/** What a model wrote that is no JSON was answered with an error; the block has to hold an object all the same. */
function objectOf(json: string): object {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? value : { value };
  } catch {
    return { unreadable: json };
  }
}
