/** The Ask a model node: text, or JSON that fits a schema. */
import { z } from 'zod';
import { type LlmParameters, llmNode } from '../../contracts/catalogue/llm.ts';
import { StepFailure } from '../../contracts/effect.ts';
import type { JsonObject, JsonValue } from '../../contracts/json.ts';
import { type ChatMessage, chatMessage } from '../../contracts/models/chat.ts';
import { isObject } from '../../engine/items/paths.ts';
import type { Effect, EffectSettings } from '../effect.ts';
import { jsonParameter } from '../json-parameter.ts';
import { modelAsker, paidFor } from './ask-model.ts';

export function createLlmEffect(settings: Pick<EffectSettings, 'models'>): Effect {
  return {
    async run(input, run) {
      const parameters = llmNode.parameters.parse(input.parameters);
      const asker = modelAsker(parameters.model, input, run, settings);
      const temperature = temperatureOf(parameters.temperature);
      const request = {
        messages: messagesOf(parameters),
        maxTokens: Number(parameters.maxTokens),
        ...(temperature !== undefined && { temperature }),
      };
      if (parameters.output === 'text') {
        const answer = await asker.chat(request);
        return { items: [{ json: { text: answer.text, ...paidFor([answer]), finish: answer.finish } }] };
      }
      const { value, answers } = await asker.json(request, { name: 'answer', schema: schemaOf(parameters) });
      return { items: [{ json: { output: value, ...paidFor(answers) } }] };
    },
  };
}

function messagesOf({ system, messages, prompt }: LlmParameters): ChatMessage[] {
  const before = messages === '' ? [] : earlierMessages(jsonParameter(messages, 'messages'));
  const all: ChatMessage[] = [
    ...(system === '' ? [] : [{ role: 'system' as const, content: String(system) }]),
    ...before,
    ...(prompt === '' ? [] : [{ role: 'user' as const, content: String(prompt) }]),
  ];
  if (all.some(({ role }) => role === 'user')) return all;
  throw bad(
    'There is nothing to answer to: the prompt is empty.',
    'Look at the preview of the prompt: an expression may have come out empty.',
  );
}

function earlierMessages(value: JsonValue): ChatMessage[] {
  const parsed = z.array(chatMessage).max(1_000).safeParse(value);
  if (parsed.success) return parsed.data;
  throw bad(
    'The messages before are not a list of messages.',
    'Each needs a role (user, assistant, system or tool) and a content.',
  );
}

function schemaOf({ schema }: LlmParameters): JsonObject {
  const value = jsonParameter(schema, 'schema');
  if (!isObject(value)) throw bad('The JSON schema is no object.', 'Begin it with { "type": "object", … }.');
  try {
    z.fromJSONSchema(value as Parameters<typeof z.fromJSONSchema>[0]);
  } catch (error) {
    throw bad(
      `The JSON schema can't be used: ${error instanceof Error ? error.message : String(error)}`,
      'Correct it; references to other documents are not supported.',
    );
  }
  return value;
}

/** Shared by the nodes that have one: '' is the model's own. */
function temperatureOf(given: LlmParameters['temperature']): number | undefined {
  if (given === '') return undefined;
  const value = Number(given);
  if (value >= 0 && value <= 2) return value;
  throw bad(`The temperature is "${given}".`, 'Give a number from 0 to 2, or leave it empty.');
}

function bad(message: string, hint: string): StepFailure {
  return new StepFailure({ code: 'bad-parameters', message, hint });
}
