/** The endpoint that speaks OpenAI's protocol: agents, chains and models under one address. docs/openai-endpoint.md. */
import type { Request } from 'express';
import { ulid } from 'ulid';
import { chatCompletion } from '../../contracts/api/openai/chat-completion.ts';
import {
  type ChatCompletionRequest,
  chatCompletionRequest,
} from '../../contracts/api/openai/chat-request.ts';
import { embeddings, embeddingsRequest } from '../../contracts/api/openai/embeddings.ts';
import { openAiModelList } from '../../contracts/api/openai/models.ts';
import type { WorkspacePrincipal } from '../auth/principal.ts';
import { callerLeft } from '../caller-left.ts';
import type { ApiDeps } from '../deps.ts';
import { ownKey } from '../idempotency.ts';
import type { Asking } from '../openai/answered.ts';
import { askAgent } from '../openai/ask-agent.ts';
import { askModel, callOf } from '../openai/ask-model.ts';
import { toCompletion } from '../openai/completion.ts';
import { knownModels, listModels } from '../openai/known-models.ts';
import { type MeantModel, meantBy } from '../openai/model-names.ts';
import { noSuchModel, notHere, toOpenAiError } from '../openai/openai-error.ts';
import { streamCompletion } from '../openai/stream-completion.ts';
import { toAgentMessages } from '../openai/to-agent-messages.ts';
import { formatOf, toChatRequest } from '../openai/to-chat-request.ts';
import { toEmbeddings } from '../openai/to-embeddings.ts';
import { languageOf } from '../problems.ts';
import { defineRoute, orEvents } from '../route.ts';

const tag = 'openai';
const speaks = 'openai';
const headers = {
  'Idempotency-Key': 'The same key with the same request is answered once, and paid once.',
};

export const models = defineRoute({
  method: 'get',
  base: '',
  path: '/v1/models',
  summary: 'What may be named as `model`: agents, chains, and models of providers',
  tag,
  speaks,
  auth: 'gateway.use',
  responses: { 200: openAiModelList },
  handler: async ({ principal }, deps) => ({
    status: 200,
    body: listModels(await knownModels(principal, deps)),
  }),
});

export const complete = defineRoute({
  method: 'post',
  base: '',
  path: '/v1/chat/completions',
  summary: 'Ask an agent, a chain or a model',
  description:
    'In OpenAI’s protocol. An agent answers by a run, whose id is in the header `Hiviex-Run` and in `hiviex.run`. With `stream` the answer comes as server-sent events. Closing the connection stops what is under way.',
  tag,
  speaks,
  auth: 'gateway.use',
  limit: 'run',
  audit: 'by-minute',
  headers,
  body: chatCompletionRequest,
  responses: { 200: orEvents(chatCompletion) },
  handler: async ({ principal, body, request, note }, deps) => {
    const toError = errorsOf(request, deps);
    try {
      const meant = await meantModel(body.model, principal, deps);
      note({ resource: { type: meant.kind, id: meant.kind === 'agent' ? meant.agent : body.model } });
      const asking = await ask(meant, { principal, body, request }, deps);
      const head = {
        id: `chatcmpl-${asking.run ?? ulid()}`,
        created: Math.floor(Date.now() / 1_000),
        model: body.model,
      };
      const headers: Record<string, string> = asking.run === undefined ? {} : { 'hiviex-run': asking.run };
      if (!body.stream)
        return { status: 200, body: toCompletion(head, await asking.answer(() => undefined)), headers };
      const withUsage = body.stream_options?.include_usage === true;
      return {
        status: 200,
        body: await streamCompletion(asking, { head, withUsage, toError }),
        headers: { ...headers, 'x-accel-buffering': 'no' },
      };
    } catch (error) {
      throw toError(error);
    }
  },
});

export const embed = defineRoute({
  method: 'post',
  base: '',
  path: '/v1/embeddings',
  summary: 'Vectors of texts, by a chain or a model',
  tag,
  speaks,
  auth: 'gateway.use',
  limit: 'run',
  audit: 'by-minute',
  headers,
  body: embeddingsRequest,
  responses: { 200: embeddings },
  handler: async ({ principal, body, request, note }, deps) => {
    try {
      const meant = await meantModel(body.model, principal, deps);
      if (meant.kind === 'agent')
        throw notHere('model', 'An agent makes no vectors: name a chain or a model of a provider.');
      note({ resource: { type: 'model', id: body.model } });
      const texts = typeof body.input === 'string' ? [body.input] : body.input;
      const { choice } = meant;
      const call = callOf(
        { principal, choice, key: keyOf(request, principal), signal: callerLeft(request) },
        { texts },
      );
      return { status: 200, body: toEmbeddings(body, await deps.models.embed(call, texts)) };
    } catch (error) {
      throw errorsOf(request, deps)(error);
    }
  },
});

/** @throws OpenAiError `model_not_found` */
async function meantModel(name: string, principal: WorkspacePrincipal, deps: ApiDeps): Promise<MeantModel> {
  const meant = meantBy(name, await knownModels(principal, deps));
  if (!meant) throw noSuchModel(name);
  return meant;
}

async function ask(
  meant: MeantModel,
  {
    principal,
    body,
    request,
  }: { principal: WorkspacePrincipal; body: ChatCompletionRequest; request: Request },
  deps: ApiDeps,
): Promise<Asking> {
  const signal = callerLeft(request);
  if (meant.kind === 'model')
    return askModel(
      { principal, choice: meant.choice, key: keyOf(request, principal), signal },
      toChatRequest(body),
      deps,
    );
  const key = request.get('idempotency-key');
  return await askAgent(
    {
      ...{ principal, agent: meant.agent, model: body.model, signal },
      messages: toAgentMessages(body),
      output: formatOf(body)?.schema,
      isFollowed: body.stream === true,
      idempotencyKey: key && ownKey(principal, key),
    },
    deps,
  );
}

/** One of its own for each request that brings none. */
function keyOf(request: Request, principal: WorkspacePrincipal): string {
  const key = request.get('idempotency-key');
  return key ? ownKey(principal, key) : ulid();
}

function errorsOf(request: Request, { log }: Pick<ApiDeps, 'log'>) {
  const language = languageOf(request.headers['accept-language']);
  return (thrown: unknown) => toOpenAiError(thrown, language, log);
}
