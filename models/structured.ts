/**
 * An answer as JSON that fits a schema. The provider is told so in its own words and in the prompt, for many know only one of both;
 * what comes is checked here in any case. What does not fit is shown to the model once, with what is wrong; then it is a failure.
 */
import { z } from 'zod';
import type { JsonObject, JsonValue } from '../contracts/json.ts';
import type { AnswerFormat, ChatAnswer, ChatMessage, ChatRequest } from '../contracts/models/chat.ts';
import type { GatewayCall, ModelGateway } from './gateway.ts';
import { ModelError } from './model-error.ts';

export interface StructuredAnswer {
  value: JsonValue;
  /** The answer that fitted. */
  answer: ChatAnswer;
  /** All that were given, the one that did not fit included: each was paid. */
  answers: ChatAnswer[];
}

/** @throws ModelError; `bad-answer` when the second answer does not fit either. Error when the schema is not one. */
export async function askForJson(
  gateway: ModelGateway,
  call: GatewayCall,
  request: Omit<ChatRequest, 'format'>,
  format: AnswerFormat,
): Promise<StructuredAnswer> {
  const schema = z.fromJSONSchema(format.schema as Parameters<typeof z.fromJSONSchema>[0]);
  const messages = withInstruction(request.messages, format.schema);
  const first = await gateway.chat(call, { ...request, messages, format });
  const read = readJson(first.text, schema);
  if ('value' in read) return { value: read.value, answer: first, answers: [first] };

  const repair: ChatMessage[] = [
    ...messages,
    { role: 'assistant', content: first.text === '' ? '(nothing)' : first.text },
    {
      role: 'user',
      content: `That is not what was asked for: ${read.wrong} Answer again, with the corrected JSON and nothing else.`,
    },
  ];
  const second = await gateway.chat(
    { ...call, key: `${call.key}:repair` },
    { ...request, messages: repair, format },
  );
  const again = readJson(second.text, schema);
  if ('value' in again) return { value: again.value, answer: second, answers: [first, second] };
  throw new ModelError({
    kind: 'bad-answer',
    says: `${second.by.model} did not answer as the schema asks, twice: ${again.wrong}`,
  });
}

function withInstruction(messages: readonly ChatMessage[], schema: JsonObject): ChatMessage[] {
  const content = `Answer with JSON only, without any text around it, that fits this JSON schema:\n${JSON.stringify(schema)}`;
  const at = messages.findLastIndex(({ role }) => role === 'system') + 1;
  return [...messages.slice(0, at), { role: 'system', content }, ...messages.slice(at)];
}

function readJson(text: string, schema: z.ZodType): { value: JsonValue } | { wrong: string } {
  let value: unknown;
  try {
    value = JSON.parse(unfenced(text));
  } catch {
    return { wrong: 'it is no JSON.' };
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return { value: parsed.data as JsonValue };
  const issues = parsed.error.issues.slice(0, 5);
  return {
    wrong: `${issues.map(({ path, message }) => `${path.join('.') || 'the whole'}: ${message}`).join('; ')}.`,
  };
}

/** Models put JSON between ``` although they are asked not to, or say a word before it. */
function unfenced(text: string): string {
  const [, fenced] = /```(?:json)?\s*\n?([\s\S]*?)```/.exec(text) ?? [];
  if (fenced !== undefined) return fenced;
  const from = text.search(/[[{]/);
  const to = Math.max(text.lastIndexOf('}'), text.lastIndexOf(']'));
  return from > 0 && to > from ? text.slice(from, to + 1) : text;
}
