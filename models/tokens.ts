/**
 * Estimates of tokens, for what is reserved before a call and for answers whose provider gave no figures. By bytes: a tokenizer
 * would cost 50 MB and, on hostile text, seconds of the processor, and would be right for one maker's models only (decision 027).
 */
import { tokensOfAttachment } from '../contracts/models/attachments.ts';
import type { ChatMessage, ChatRequest, ContentPart, ToolCall } from '../contracts/models/chat.ts';
import { bytesPerToken } from '../contracts/models/tokens.ts';

/** Role and separators of a message. */
const perMessage = 6;

export function tokensOf(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / bytesPerToken);
}

export function tokensOfRequest({ messages, tools = [], format }: ChatRequest): number {
  const said = messages.reduce((sum, message) => sum + perMessage + tokensOfMessage(message), 0);
  const offered = tools.length > 0 ? tokensOf(JSON.stringify(tools)) : 0;
  return said + offered + (format ? tokensOf(JSON.stringify(format.schema)) : 0);
}

export function tokensOfAnswer(answer: { text: string; reasoning: string; toolCalls: ToolCall[] }): number {
  const calls = answer.toolCalls.reduce((sum, call) => sum + tokensOf(call.name + call.arguments), 0);
  return tokensOf(answer.text) + tokensOf(answer.reasoning) + calls;
}

function tokensOfMessage(message: ChatMessage): number {
  if (message.role === 'assistant')
    return tokensOfAnswer({ text: message.content, reasoning: '', toolCalls: message.toolCalls ?? [] });
  const { content } = message;
  const said = typeof content === 'string' ? tokensOf(content) : tokensOfParts(content);
  return said + (message.role === 'tool' ? tokensOfParts(message.shows ?? []) : 0);
}

function tokensOfParts(parts: readonly ContentPart[]): number {
  return parts.reduce(
    (sum, part) => sum + (part.type === 'text' ? tokensOf(part.text) : tokensOfAttachment(part)),
    0,
  );
}
