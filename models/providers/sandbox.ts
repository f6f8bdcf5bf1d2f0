/**
 * The sandbox: a model that is no AI, and says so in every answer. It answers by rule, at once and at no cost, so that everything
 * around a model can be tried without a key: streaming, tool calls, structured output, embeddings. The same question always gets the
 * same answer.
 *
 * - A tool is called when the last message of the user names it (or says "tool"), with arguments made from its schema.
 * - What a tool gave is told back.
 * - A format is filled in from its schema: the first of an enum, the text of the user for a text.
 */
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { JsonObject, JsonValue } from '../../contracts/json.ts';
import { sampleOf } from '../../contracts/json-schema/sample-of.ts';
import { nameOfAttachment } from '../../contracts/models/attachments.ts';
import type { ChatMessage, ToolDefinition } from '../../contracts/models/chat.ts';
import { sandboxEmbeddingModel, sandboxModel } from '../../contracts/models/provider.ts';
import { noUsage } from '../../contracts/models/usage.ts';
import { ModelError } from '../model-error.ts';
import { tokensOf, tokensOfRequest } from '../tokens.ts';
import type { ChatToMake, Provider, ProviderEvent } from './provider.ts';

export interface SandboxOptions {
  /** Milliseconds between two words, so that one can see them come. Default 15. */
  paceMs?: number | undefined;
}

const dimensions = 256;

export function createSandboxProvider({ paceMs = 15 }: SandboxOptions = {}): Provider {
  return {
    async *chat(request, signal) {
      if (request.model !== sandboxModel) throw unknown(request.model);
      const input = tokensOfRequest(request);
      const tool = toolFor(request);
      if (tool) {
        const args = JSON.stringify(sampleOf(tool.parameters, textOf(lastOf(request, 'user'))));
        yield chunk({ kind: 'tool-call', index: 0, id: callId(request), name: tool.name, arguments: '' });
        for (const piece of [args.slice(0, 12), args.slice(12)])
          if (piece !== '') yield chunk({ kind: 'tool-call', index: 0, arguments: piece });
        yield { kind: 'usage', usage: { ...noUsage, input, output: tokensOf(tool.name + args) } };
        yield { kind: 'finish', reason: 'tool-calls' };
        return;
      }
      const words = answerOf(request).split(/(?<=\s)/);
      let given = '';
      for (const word of words) {
        if (tokensOf(given + word) > request.maxTokens) {
          yield { kind: 'usage', usage: { ...noUsage, input, output: request.maxTokens } };
          yield { kind: 'finish', reason: 'length' };
          return;
        }
        given += word;
        yield chunk({ kind: 'text', text: word });
        await wait(paceMs, signal);
      }
      yield { kind: 'usage', usage: { ...noUsage, input, output: tokensOf(given) } };
      yield { kind: 'finish', reason: 'stop' };
    },

    async embed({ model, texts }) {
      if (model !== sandboxEmbeddingModel) throw unknown(model);
      const input = texts.reduce((sum, text) => sum + tokensOf(text), 0);
      return { vectors: texts.map(vectorOf), usage: { ...noUsage, input } };
    },

    listModels: async () => [
      { id: sandboxModel, name: 'Sandbox (no AI)' },
      { id: sandboxEmbeddingModel, name: 'Sandbox embeddings (no AI)' },
    ],
  };
}

function chunk(piece: Extract<ProviderEvent, { kind: 'chunk' }>['chunk']): ProviderEvent {
  return { kind: 'chunk', chunk: piece };
}

async function wait(ms: number, signal: AbortSignal): Promise<void> {
  if (ms > 0) await pause(ms, undefined, { signal }).catch(() => undefined);
  signal.throwIfAborted();
}

function lastOf({ messages }: ChatToMake, role: ChatMessage['role']): ChatMessage | undefined {
  return messages.findLast((message) => message.role === role);
}

function textOf(message: ChatMessage | undefined): string {
  if (!message) return '';
  if (typeof message.content === 'string') return message.content;
  return message.content
    .map((part) => {
      if (part.type === 'text') return part.text;
      if (part.type === 'file') return nameOfAttachment(part);
      return `[${part.name ?? 'a picture'}, which I can't look at]`;
    })
    .join(' ')
    .trim();
}

/** None once a tool has answered: a rule that calls again would call for ever. */
function toolFor(request: ChatToMake): ToolDefinition | undefined {
  const { tools = [], toolChoice = 'auto', messages } = request;
  if (toolChoice === 'none' || messages.at(-1)?.role === 'tool') return undefined;
  if (typeof toolChoice === 'object') return tools.find(({ name }) => name === toolChoice.name);
  const said = textOf(lastOf(request, 'user')).toLowerCase();
  const named = tools.find(({ name }) => said.includes(name.toLowerCase()) || said.includes(wordsOf(name)));
  if (named) return named;
  return toolChoice === 'required' || /\btools?\b|ferramentas?/.test(said) ? tools[0] : undefined;
}

function wordsOf(name: string): string {
  return name.replace(/[_-]+/g, ' ').toLowerCase();
}

/** By the conversation, so that it is the same when it is asked again. */
function callId({ messages }: ChatToMake): string {
  return `call_${createHash('sha256').update(JSON.stringify(messages)).digest('hex').slice(0, 12)}`;
}

function answerOf(request: ChatToMake): string {
  const { format, messages } = request;
  const said = textOf(lastOf(request, 'user'));
  if (format) return JSON.stringify(sampleOf(format.schema as JsonObject, said) satisfies JsonValue);
  const last = messages.at(-1);
  if (last?.role === 'tool') return `[Sandbox, no AI] The tool ${last.name} gave: ${last.content}`;
  const [tool] = request.tools ?? [];
  const offer = tool ? ` Say "${tool.name}" and I call that tool.` : '';
  return `[Sandbox, no AI] You said: ${said} — I am a stand-in that answers by rule.${offer} Add a provider under Models to talk to a real model.`;
}

/** Words hashed into buckets: texts that share words are near each other, and that is all it knows. */
function vectorOf(text: string): number[] {
  const vector = new Array<number>(dimensions).fill(0);
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    const hash = createHash('sha256').update(word).digest();
    vector[hash[0]! % dimensions]! += hash[1]! % 2 === 0 ? 1 : -1;
  }
  const length = Math.hypot(...vector);
  return length === 0 ? vector : vector.map((value) => Math.round((value / length) * 1e6) / 1e6);
}

function unknown(model: string): ModelError {
  return new ModelError({ kind: 'unknown-model', says: `The sandbox has no model "${model}".` });
}
