/** A chat in the words of the OpenAI protocol. */
import type OpenAI from 'openai';
import { nameOfAttachment, pdfType } from '../../contracts/models/attachments.ts';
import type { ChatMessage, ContentPart } from '../../contracts/models/chat.ts';
import { isStrictSchema } from '../strict-schema.ts';
import type { ChatToMake } from './provider.ts';

/** What a service may not know, and an answer can do without: fields of the request, and pictures. */
export type Optional = 'stream_options' | 'response_format' | 'temperature' | 'images';

/** What the model can look at. */
interface Able {
  images: boolean;
  documents: boolean;
}

export interface RequestOptions {
  baseUrl: string;
  /** What the service does not know, or the model can't do. */
  without: ReadonlySet<Optional>;
}

export function toOpenAiRequest(
  { model, messages, tools = [], toolChoice, temperature, topP, stop, maxTokens, format }: ChatToMake,
  { baseUrl, without }: RequestOptions,
): OpenAI.ChatCompletionCreateParamsStreaming {
  return {
    model,
    stream: true,
    messages: toMessages(messages, {
      images: !without.has('images'),
      documents: !without.has('images') && readsDocuments(baseUrl),
    }),
    ...(!without.has('stream_options') && { stream_options: { include_usage: true } }),
    // The makers' own refuse the old name for models that reason, and others do not know the new one.
    ...(isOpenAi(baseUrl) ? { max_completion_tokens: maxTokens } : { max_tokens: maxTokens }),
    ...(temperature !== undefined && !without.has('temperature') && { temperature }),
    ...(topP !== undefined && { top_p: topP }),
    ...(stop?.length && { stop }),
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

/** Whose endpoint takes PDFs. Others refuse a kind of content that they do not know, or drop it in silence. */
function readsDocuments(baseUrl: string): boolean {
  return isOpenAi(baseUrl) || new URL(baseUrl).hostname === 'openrouter.ai';
}

/** What tools show stands behind the results of one turn, as what a user says: a result of a tool holds text only. */
function toMessages(messages: readonly ChatMessage[], able: Able): OpenAI.ChatCompletionMessageParam[] {
  const made: OpenAI.ChatCompletionMessageParam[] = [];
  let shown: ContentPart[] = [];
  const show = () => {
    if (shown.length > 0) made.push({ role: 'user', content: contentOf(shown, able) });
    shown = [];
  };
  for (const message of messages) {
    if (message.role !== 'tool') show();
    made.push(toMessage(message, able));
    if (message.role === 'tool' && message.shows?.length)
      shown.push({ type: 'text', text: `[What the tool ${message.name} shows:]` }, ...message.shows);
  }
  show();
  return made;
}

function toMessage(message: ChatMessage, able: Able): OpenAI.ChatCompletionMessageParam {
  switch (message.role) {
    case 'system':
      return { role: 'system', content: message.content };
    case 'user':
      return {
        role: 'user',
        content: typeof message.content === 'string' ? message.content : contentOf(message.content, able),
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

/** Words alone are sent as one text: models that see nothing often take nothing else. */
function contentOf(content: readonly ContentPart[], able: Able): string | OpenAI.ChatCompletionContentPart[] {
  const parts = content.map((part) => toPart(part, able));
  const texts = parts.flatMap((part) => (part.type === 'text' ? [part.text] : []));
  return texts.length === parts.length ? texts.join('\n\n') : parts;
}

function toPart(part: ContentPart, able: Able): OpenAI.ChatCompletionContentPart {
  switch (part.type) {
    case 'text':
      return part;
    case 'image':
      if (!able.images) return { type: 'text', text: notSeen(`the picture ${part.name ?? ''}`.trim()) };
      return { type: 'image_url', image_url: { url: `data:${part.mimeType};base64,${part.data}` } };
    case 'document':
      if (!able.documents) return { type: 'text', text: notSeen(`the PDF ${part.name}`) };
      return {
        type: 'file',
        file: { filename: part.name, file_data: `data:${pdfType};base64,${part.data}` },
      };
    case 'file':
      return { type: 'text', text: nameOfAttachment(part) };
  }
}

/** For the model. */
function notSeen(what: string): string {
  return `[Attached: ${what}. You are not shown it, for it can't be given to you: say so if it matters, and do not guess what it holds.]`;
}
