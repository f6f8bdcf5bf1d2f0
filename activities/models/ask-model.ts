/**
 * How the nodes ask: for whom, by which key, with which model. The key holds a hash of what is asked: a step that is tried again with
 * the same question gets the answer that was paid for, and one that is taken up with other input asks anew.
 */
import { type EffectInput, StepFailure } from '../../contracts/effect.ts';
import type { JsonObject, JsonValue } from '../../contracts/json.ts';
import { parseModelChoice } from '../../contracts/models/chain.ts';
import type { AnswerFormat, ChatAnswer, ChatRequest } from '../../contracts/models/chat.ts';
import { contentHash } from '../../db/index.ts';
import { askForJson, type GatewayCall, type ModelGateway } from '../../models/index.ts';
import type { EffectRun, EffectSettings } from '../effect.ts';
import { modelFailure } from './model-failure.ts';

export interface ModelAsker {
  chat(request: ChatRequest, part?: string): Promise<ChatAnswer>;
  json(
    request: Omit<ChatRequest, 'format'>,
    format: AnswerFormat,
  ): Promise<{ value: JsonValue; answers: ChatAnswer[] }>;
  gateway: ModelGateway;
  /** @param what is asked */
  callFor(what: unknown, part?: string): GatewayCall;
}

export function modelAsker(
  model: string,
  { context }: EffectInput,
  { signal }: Pick<EffectRun, 'signal'>,
  { models }: Pick<EffectSettings, 'models'>,
): ModelAsker {
  if (!models)
    throw new StepFailure({
      code: 'model-no-model',
      message: 'This worker has no database, and so no models.',
      hint: 'An operator connects it (DATABASE_URL).',
    });
  const choice = parseModelChoice(model);
  if (!choice)
    throw new StepFailure({
      code: 'bad-parameters',
      message: `"${model}" is no choice of a model.`,
      hint: 'Open the node and choose a model.',
    });
  const { workspace, automation, run, node, idempotencyKey } = context;
  const callFor = (what: unknown, part = ''): GatewayCall => ({
    ...{ workspace, choice, signal },
    key: `${idempotencyKey}${part}:${contentHash({ what: what as JsonValue, model }).slice(0, 16)}`,
    owner: { automation, run, node },
  });
  const failing = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      throw modelFailure(error);
    }
  };
  return {
    gateway: models,
    callFor,
    chat: (request, part) => failing(models.chat(callFor(request, part), request)),
    json: (request, format) => failing(askForJson(models, callFor({ request, format }), request, format)),
  };
}

/** What a step tells of its calls, beside what was answered. */
export function paidFor(answers: readonly ChatAnswer[]): JsonObject {
  const last = answers.at(-1)!;
  const sum = (of: (answer: ChatAnswer) => number) =>
    answers.reduce((total, answer) => total + of(answer), 0);
  const isPriced = answers.every(({ cost }) => cost !== null);
  return {
    model: last.by.model,
    provider: last.by.providerName,
    tokens: { input: sum(({ usage }) => usage.input), output: sum(({ usage }) => usage.output) },
    /** Micro-units. */
    cost: isPriced ? sum(({ cost }) => cost ?? 0) : null,
  };
}
