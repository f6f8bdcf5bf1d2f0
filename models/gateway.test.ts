/**
 * The gateway with real servers behind it that speak the providers' protocols, and a real database. Over 300 lines: one set-up
 * of servers, gateway and workspace for every case.
 */
import { type ChatCompletionRequest, type Fixture, LLMock } from '@copilotkit/aimock';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import type { ChainEntry } from '../contracts/models/chain.ts';
import type { ChatDelta, ChatRequest } from '../contracts/models/chat.ts';
import { providerSettings } from '../contracts/models/provider.ts';
import { type Database, type ModelRepositories, openDatabase } from '../db/index.ts';
import { createWorkspace } from '../db/testing/fixtures.ts';
import { createGuard, type Guard } from '../outbound/guard/index.ts';
import { createModelGateway, type GatewayCall, type ModelGateway } from './gateway.ts';
import { ModelError } from './model-error.ts';
import { askForJson } from './structured.ts';
import { testProvider } from './test-provider.ts';
import { tokensOfRequest } from './tokens.ts';

const usage = { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 };
const price = { input: 1_000_000, cached: 500_000, cacheWrite: 1_000_000, output: 10_000_000 };
const hello: ChatRequest = { messages: [{ role: 'user', content: 'hello' }], maxTokens: 50 };

let db: Database;
let guard: Guard;
let gateway: ModelGateway;
let workspace: string;
let made = 0;
const mocks: LLMock[] = [];
const log = pino({ level: 'silent' });

beforeAll(async () => {
  db = await openDatabase({ dataDir: 'memory://' });
  await db.migrate();
  guard = createGuard({ allow: '127.0.0.1' });
  gateway = createModelGateway({ db, guard, log, maxWaitMs: 3_000, sandboxPaceMs: 0 });
}, 120_000);

afterAll(async () => {
  await guard.close();
  await db.close();
});

beforeEach(async () => {
  workspace = await createWorkspace(db);
});

afterEach(async () => {
  await Promise.all(mocks.splice(0).map((mock) => mock.stop()));
});

const models = <T>(work: (models: ModelRepositories) => Promise<T>): Promise<T> =>
  db.inWorkspace(workspace, (repositories) => work(repositories.models));

/** A server that speaks the protocols, and the provider of the workspace that it is. */
async function provider(
  fixtures: Fixture[],
  { kind = 'openai' as 'openai' | 'anthropic', key = 'sk-secret-1234', settings = {} } = {},
): Promise<{ mock: LLMock; entry: ChainEntry }> {
  const mock = new LLMock({ port: 0, host: '127.0.0.1', logLevel: 'silent' });
  mock.addFixtures(fixtures);
  await mock.start();
  mocks.push(mock);
  const number = ++made;
  const credential = await db.inWorkspace(workspace, ({ credentials }) =>
    credentials.create({
      name: `key ${number}`,
      type: kind === 'openai' ? 'llm' : 'anthropic',
      fields: { baseUrl: kind === 'openai' ? `${mock.url}/v1` : mock.url, allowedHosts: '' },
      secrets: { apiKey: key },
    }),
  );
  if (credential.kind !== 'saved') throw new Error(credential.kind);
  const stored = await models(({ providers }) =>
    providers.create({
      ...{ name: `provider ${number}`, kind, credential: credential.credential.id },
      settings: providerSettings.parse(settings),
    }),
  );
  const entry = { provider: stored!.id, model: 'gpt-test' };
  await models(({ prices }) => prices.put({ ...price, ...entry }));
  return { mock, entry };
}

const answering = (content: string, more: Partial<Fixture> = {}): Fixture => ({
  match: {},
  response: { content, usage },
  ...more,
});
const failing = (status: number, message: string, more: object = {}): Fixture => ({
  match: {},
  response: { error: { message, type: 'error' }, status, ...more },
});

async function chainOf(...entries: ChainEntry[]): Promise<void> {
  await models(({ chains }) => chains.create({ name: 'default', entries, isDefault: true }));
}

function call(more: Partial<GatewayCall> = {}): GatewayCall {
  made += 1;
  const { signal } = new AbortController();
  return {
    workspace,
    key: `key-${made}`,
    choice: { kind: 'default' },
    owner: { run: 'run-1' },
    signal,
    ...more,
  };
}

async function errorOf(work: Promise<unknown>): Promise<ModelError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ModelError)) throw new Error(`Not a ModelError: ${String(error)}`);
  return error;
}

const recorded = async () => (await models(({ usage: ledger }) => ledger.calls({ limit: 50 }))).items;

it('shows pictures to models that see, and tells the others of them, and remembers which', async () => {
  const blind = 'Invalid content type. image_url is only supported by certain models.';
  const { mock, entry } = await provider([
    {
      match: { predicate: ({ messages }) => JSON.stringify(messages).includes('image_url') },
      response: { error: { message: blind, type: 'invalid_request_error' }, status: 400 },
    },
    answering('I see nothing.'),
  ]);
  await chainOf(entry);
  const data = Buffer.from('pixels').toString('base64');
  const request: ChatRequest = {
    messages: [
      {
        role: 'user',
        content: [
          { type: 'image', name: 'cat.png', mimeType: 'image/png', data },
          { type: 'text', text: 'What is it?' },
        ],
      },
    ],
  };
  for (const _ of [1, 2]) expect((await gateway.chat(call(), request)).text).toBe('I see nothing.');
  const [shown, ...told] = mock
    .getRequests()
    .map(({ body }) => (body as ChatCompletionRequest).messages[0]?.content);
  expect(shown).toMatchObject([
    { image_url: { url: `data:image/png;base64,${data}` } },
    { text: 'What is it?' },
  ]);
  expect(told).toHaveLength(2);
  for (const text of told) expect(text).toMatch(/cat\.png.*not shown.*What is it\?$/s);
  // What a picture takes is reserved before anybody is asked.
  expect(tokensOfRequest(request)).toBeGreaterThan(1_000);
});

describe('a chat', () => {
  it('streams an answer in order, and pays what the provider says', async () => {
    const { entry } = await provider([answering('Good morning to you, my friend.', { chunkSize: 5 })]);
    await chainOf(entry);
    const deltas: ChatDelta[] = [];
    const answer = await gateway.chat(call(), hello, (delta) => deltas.push(delta));
    expect(answer).toMatchObject({
      text: 'Good morning to you, my friend.',
      finish: 'stop',
      usage: { input: 100, output: 20, estimated: false },
      cost: 300,
      by: { model: 'gpt-test' },
    });
    expect(deltas.map(({ seq }) => seq)).toEqual(deltas.map((_, position) => position));
    expect(deltas.map((delta) => (delta.kind === 'text' ? delta.text : '')).join('')).toBe(answer.text);
    expect(deltas.length).toBeGreaterThan(2);
    expect(await recorded()).toMatchObject([
      { state: 'succeeded', cost: 300, run: 'run-1', firstTokenMs: expect.any(Number) },
    ]);
  });

  it('speaks to Anthropic in its own words', async () => {
    const { mock, entry } = await provider(
      [
        {
          match: {},
          response: {
            content: 'Let me look.',
            toolCalls: [{ id: 'tool-1', name: 'weather', arguments: '{"city":"Recife"}' }],
            usage: { input_tokens: 40, output_tokens: 9 },
          },
        },
      ],
      { kind: 'anthropic' },
    );
    await chainOf(entry);
    const answer = await gateway.chat(call(), {
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Weather in Recife?' },
      ],
      tools: [{ name: 'weather', description: 'Tells it.', parameters: { type: 'object', properties: {} } }],
    });
    expect(answer).toMatchObject({
      text: 'Let me look.',
      toolCalls: [{ id: 'tool-1', name: 'weather', arguments: '{"city":"Recife"}' }],
      finish: 'tool-calls',
      usage: { input: 40, output: 9, estimated: false },
    });
    expect(mock.getLastRequest()?.path).toBe('/v1/messages');
  });

  it('puts the pieces of several tool calls together', async () => {
    const toolCalls = [
      { id: 'a', name: 'add', arguments: '{"left":1,"right":2}' },
      { id: 'b', name: 'subtract', arguments: '{"left":7,"right":3}' },
    ];
    const { entry } = await provider([{ match: {}, response: { toolCalls, usage }, chunkSize: 4 }]);
    await chainOf(entry);
    const answer = await gateway.chat(call(), {
      ...hello,
      tools: toolCalls.map(({ name }) => ({ name, description: name, parameters: { type: 'object' } })),
    });
    expect(answer).toMatchObject({ toolCalls, finish: 'tool-calls' });
  });

  it('asks nobody and pays nothing when its key was answered', async () => {
    const { mock, entry } = await provider([answering('Once.')]);
    await chainOf(entry);
    const one = call();
    const first = await gateway.chat(one, hello);
    expect(await gateway.chat(one, hello)).toEqual(first);
    expect(mock.getRequests()).toHaveLength(1);
    expect(await recorded()).toHaveLength(1);
  });

  it('makes a call once that two ask for at the same time', async () => {
    const { mock, entry } = await provider([answering('Once.', { latency: 50 })]);
    await chainOf(entry);
    const one = call();
    const answers = await Promise.all([gateway.chat(one, hello), gateway.chat(one, hello)]);
    expect(answers.map(({ text }) => text)).toEqual(['Once.', 'Once.']);
    expect(mock.getRequests()).toHaveLength(1);
  });

  it('counts what came when it is stopped', async () => {
    const { entry } = await provider([answering('word '.repeat(400), { chunkSize: 5, latency: 20 })]);
    await chainOf(entry);
    const stop = new AbortController();
    const error = await errorOf(
      gateway.chat(call({ signal: stop.signal }), hello, ({ seq }) => {
        if (seq === 3) stop.abort();
      }),
    );
    expect(error.kind).toBe('aborted');
    expect(error.partial).toMatchObject({ begun: true, text: expect.stringMatching(/^(word )+/) });
    const [row] = await recorded();
    expect(row).toMatchObject({ state: 'aborted', usage: { estimated: true } });
    expect(row!.usage.output).toBeGreaterThan(0);
    expect(row!.cost).toBeGreaterThan(0);
  });
});

describe('a chain', () => {
  it('goes on to the next model at a 429, and leaves the first alone as long as it asked', async () => {
    const first = await provider([failing(429, 'Slow down', { retryAfter: 60 })]);
    const second = await provider([answering('From the second.')]);
    await chainOf(first.entry, second.entry);
    for (const _ of [1, 2])
      expect((await gateway.chat(call(), hello)).by.provider).toBe(second.entry.provider);
    expect(first.mock.getRequests()).toHaveLength(1);
    const [rest] = (await models(({ setup }) => setup(undefined))).resting;
    expect(rest).toMatchObject({ ...first.entry, reason: 'rate-limited' });
    expect(Date.parse(rest!.restUntil) - Date.now()).toBeGreaterThan(50_000);
    // A limit of one model keeps nobody from another one of the same provider.
    const other = { kind: 'model', entry: { ...first.entry, model: 'gpt-small' } } as const;
    await errorOf(gateway.chat(call({ choice: other }), hello));
    expect(first.mock.getRequests()).toHaveLength(2);
  });

  it('asks the only model again after the pause it asked for', async () => {
    const { mock, entry } = await provider([]);
    mock.addFixture({
      match: { sequenceIndex: 0 },
      response: { error: { message: 'Slow down' }, status: 429, retryAfter: 1 },
    });
    mock.addFixture(answering('Now.'));
    await chainOf(entry);
    expect((await gateway.chat(call(), hello)).text).toBe('Now.');
    expect((await recorded()).map(({ state, cost }) => [state, cost])).toEqual([
      ['succeeded', 300],
      ['failed', 0],
    ]);
    expect((await models(({ setup }) => setup(undefined))).resting).toEqual([]);
  });

  it('says when it is worth asking again if the pause is longer than a call waits', async () => {
    const { entry } = await provider([failing(429, 'Slow down', { retryAfter: 90 })]);
    await chainOf(entry);
    const error = await errorOf(gateway.chat(call(), hello));
    expect(error).toMatchObject({ kind: 'rate-limited', status: 429 });
    expect(error.retryAfterMs).toBeGreaterThan(80_000);
    expect((await errorOf(gateway.chat(call(), hello))).kind).toBe('resting');
  });

  it.each([
    [401, 'Incorrect API key provided: sk-secret-1234', 'unauthorized'],
    [404, 'The model does not exist', 'unknown-model'],
    [400, "This model's maximum context length is 8192 tokens", 'too-long'],
    [429, 'You exceeded your current quota: insufficient_quota', 'no-credit'],
    [503, 'Overloaded', 'unavailable'],
  ])('goes on at %i (%s)', async (status, message, kind) => {
    const first = await provider([failing(status, message)]);
    const second = await provider([answering('From the second.')]);
    await chainOf(first.entry, second.entry);
    expect((await gateway.chat(call(), hello)).text).toBe('From the second.');
    const failed = (await recorded()).find(({ state }) => state === 'failed')!;
    expect(failed.failure).toMatchObject({ code: `model-${kind}`, hint: expect.any(String) });
    expect(failed.cost).toBe(0);
    expect(JSON.stringify(failed)).not.toContain('sk-secret-1234');
  });

  it('stops at a request that no model would take', async () => {
    const first = await provider([failing(400, 'Invalid value for messages')]);
    const second = await provider([answering('Never.')]);
    await chainOf(first.entry, second.entry);
    expect((await errorOf(gateway.chat(call(), hello))).kind).toBe('bad-request');
    expect(second.mock.getRequests()).toHaveLength(0);
  });

  it('never goes on with an answer that had begun, and counts what came of it', async () => {
    const first = await provider([
      answering('word '.repeat(50), { chunkSize: 5, truncateAfterChunks: 4, latency: 20 }),
    ]);
    const second = await provider([answering('Something else.')]);
    await chainOf(first.entry, second.entry);
    const deltas: ChatDelta[] = [];
    const error = await errorOf(gateway.chat(call(), hello, (delta) => deltas.push(delta)));
    expect(error.partial).toMatchObject({
      begun: true,
      text: deltas.map((d) => (d.kind === 'text' ? d.text : '')).join(''),
    });
    expect(error.partial!.text).not.toBe('');
    expect(second.mock.getRequests()).toHaveLength(0);
    const [row] = await recorded();
    expect(row).toMatchObject({ state: 'failed', usage: { estimated: true } });
    expect(row!.cost).toBeGreaterThan(0);
  });

  it('goes on when nothing comes in time', async () => {
    const first = await provider([answering('Late.', { latency: 5_000 })], {
      settings: { firstTokenSeconds: 1 },
    });
    const second = await provider([answering('In time.')]);
    await chainOf(first.entry, second.entry);
    expect((await gateway.chat(call(), hello)).text).toBe('In time.');
    expect((await recorded()).find(({ state }) => state === 'failed')).toMatchObject({
      failure: { code: 'model-timeout' },
      usage: { estimated: true },
    });
  });

  it('goes on when an answer is not of the protocol', async () => {
    const first = await provider([answering('x', { chaos: { malformedRate: 1 } })]);
    const second = await provider([answering('Well formed.')]);
    await chainOf(first.entry, second.entry);
    expect((await gateway.chat(call(), hello)).text).toBe('Well formed.');
  });

  it('leaves a model that fails again and again alone, and then lets one caller try it', async () => {
    const first = await provider([failing(500, 'Broken')]);
    const second = await provider([answering('Well.')]);
    await chainOf(first.entry, second.entry);
    for (let times = 0; times < 5; times += 1) await gateway.chat(call(), hello);
    expect(first.mock.getRequests()).toHaveLength(3);
    await db.sql.query('update model_health set rest_until = now() where workspace = $1', [workspace]);
    await Promise.all(Array.from({ length: 6 }, () => gateway.chat(call(), hello)));
    expect(first.mock.getRequests()).toHaveLength(4);
  });

  it('fails plainly when all are down', async () => {
    const down = await Promise.all([provider([failing(500, 'Down')]), provider([failing(503, 'Down too')])]);
    await chainOf(...down.map(({ entry }) => entry));
    const error = await errorOf(gateway.chat(call(), hello));
    expect(error.kind).toBe('unavailable');
    expect(await recorded()).not.toContainEqual(expect.objectContaining({ state: 'open' }));
  });

  it('leaves out a provider that is turned off, and says so when none is left', async () => {
    const { entry } = await provider([answering('Never.')]);
    await chainOf(entry);
    await models(({ providers }) => providers.update(entry.provider, { enabled: false }));
    expect((await errorOf(gateway.chat(call(), hello))).kind).toBe('no-model');
  });
});

describe('budgets and limits', () => {
  it('are never passed by many at once, and what is left over is given back', async () => {
    const { mock, entry } = await provider([answering('Paid.', { latency: 5 })]);
    await chainOf(entry);
    const { id } = await models(({ budgets }) =>
      budgets.create({ scope: 'run', unit: 'money', limit: 5_000, period: 'total' }),
    );
    const results = await Promise.allSettled(Array.from({ length: 40 }, () => gateway.chat(call(), hello)));
    const answered = results.filter(({ status }) => status === 'fulfilled');
    const journal = mock.getRequests().filter(({ response }) => response.status === 200);
    expect(answered.length).toBeGreaterThan(3);
    expect(answered.length).toBeLessThan(40);
    expect(journal).toHaveLength(answered.length);
    const budget = (await models(({ budgets }) => budgets.get(id)))!;
    expect(budget.accounts).toEqual([{ subject: 'run-1', spent: answered.length * 300, reserved: 0 }]);
    expect(budget.accounts[0]!.spent).toBeLessThanOrEqual(5_000);
    const rows = await recorded();
    expect(rows.reduce((sum, { cost }) => sum + (cost ?? 0), 0)).toBe(journal.length * 300);
  });

  it('go on to a model that fits', async () => {
    const { entry } = await provider([answering('Dear.')]);
    await chainOf(entry, { provider: 'sandbox', model: 'sandbox' });
    await models(({ budgets }) =>
      budgets.create({ scope: 'workspace', unit: 'money', limit: 10, period: 'day' }),
    );
    expect((await gateway.chat(call(), hello)).by.provider).toBe('sandbox');
    const only = { kind: 'model', entry } as const;
    const error = await errorOf(gateway.chat(call({ choice: only }), hello));
    expect(error).toMatchObject({ kind: 'over-budget', message: expect.stringContaining('workspace') });
  });

  it('make calls wait for their turn', async () => {
    const { mock, entry } = await provider([answering('In turn.', { latency: 10 })], {
      settings: { concurrency: 1 },
    });
    await chainOf(entry);
    const answers = await Promise.all([1, 2, 3].map(() => gateway.chat(call(), hello)));
    expect(answers.map(({ text }) => text)).toEqual(['In turn.', 'In turn.', 'In turn.']);
    expect(mock.getRequests()).toHaveLength(3);
    expect((await models(({ setup }) => setup(undefined))).resting).toEqual([]);
  });
});

describe('structured answers', () => {
  const format = {
    name: 'person',
    schema: {
      type: 'object',
      properties: { name: { type: 'string' }, age: { type: 'integer' } },
      required: ['name', 'age'],
      additionalProperties: false,
    },
  };

  it('are repaired once', async () => {
    const { mock, entry } = await provider([]);
    mock.addFixture({
      match: { sequenceIndex: 0 },
      response: { content: '```json\n{"name":"Ana","age":"old"}\n```', usage },
    });
    mock.addFixture(answering('{"name":"Ana","age":41}'));
    await chainOf(entry);
    const { value, answers } = await askForJson(gateway, call(), hello, format);
    expect(value).toEqual({ name: 'Ana', age: 41 });
    expect(answers.map(({ cost }) => cost)).toEqual([300, 300]);
    expect(mock.getRequests()).toHaveLength(2);
    expect(JSON.stringify(mock.getLastRequest()?.body)).toContain('age');
  });

  it('fail when the second one does not fit either', async () => {
    const { mock, entry } = await provider([answering('I would rather not.')]);
    await chainOf(entry);
    expect((await errorOf(askForJson(gateway, call(), hello, format))).kind).toBe('bad-answer');
    expect(mock.getRequests()).toHaveLength(2);
  });
});

describe('embeddings', () => {
  it('come one for each text, and cost what was sent', async () => {
    const { mock, entry } = await provider([]);
    mock.onEmbedding(/./, { embedding: [0.1, 0.2, 0.3] });
    await chainOf(entry);
    const one = call();
    const { vectors, usage: used, cost } = await gateway.embed(one, ['first', 'second']);
    expect(vectors).toEqual([
      [0.1, 0.2, 0.3],
      [0.1, 0.2, 0.3],
    ]);
    expect(used.input).toBeGreaterThan(0);
    expect(cost).toBeGreaterThan(0);
    await gateway.embed(one, ['first', 'second']);
    expect(mock.getRequests()).toHaveLength(1);
  });
});

describe('the sandbox', () => {
  it('is there without a key, and says that it is no AI', async () => {
    const answer = await gateway.chat(call(), hello);
    expect(answer).toMatchObject({ by: { provider: 'sandbox' }, cost: 0, finish: 'stop' });
    expect(answer.text).toContain('no AI');
    expect((await gateway.chat(call(), hello)).text).toBe(answer.text);
  });

  it('says which picture it was shown, and that it looks at none', async () => {
    const image = { type: 'image', name: 'cat.png', mimeType: 'image/png', data: 'AAAA' } as const;
    const content = [image, { type: 'text', text: 'What is it?' } as const];
    const { text } = await gateway.chat(call(), { messages: [{ role: 'user', content }] });
    expect(text).toContain("[cat.png, which I can't look at] What is it?");
  });

  it('calls a tool that is named, and tells what it gave', async () => {
    const tools = [
      {
        name: 'send_invoice',
        description: 'Sends one.',
        parameters: { type: 'object', properties: { to: { type: 'string' } }, required: ['to'] },
      },
    ];
    const asked = { role: 'user', content: 'Please send invoice to Ana' } as const;
    const first = await gateway.chat(call(), { messages: [asked], tools });
    expect(first).toMatchObject({ finish: 'tool-calls', toolCalls: [{ name: 'send_invoice' }] });
    const [tool] = first.toolCalls;
    expect(JSON.parse(tool!.arguments)).toEqual({ to: 'Please send invoice to Ana' });
    const second = await gateway.chat(call(), {
      messages: [
        asked,
        { role: 'assistant', content: '', toolCalls: first.toolCalls },
        { role: 'tool', toolCallId: tool!.id, name: tool!.name, content: 'sent' },
      ],
      tools,
    });
    expect(second).toMatchObject({ finish: 'stop', toolCalls: [] });
    expect(second.text).toContain('sent');
  });

  it('finds texts near that share words', async () => {
    const { vectors } = await gateway.embed(call(), ['red apple', 'green apple', 'steam engine']);
    const near = (a: number[], b: number[]) => a.reduce((sum, value, index) => sum + value * b[index]!, 0);
    expect(near(vectors[0]!, vectors[1]!)).toBeGreaterThan(near(vectors[0]!, vectors[2]!));
  });
});

it('tests a provider by a real, small call', async () => {
  const { mock, entry } = await provider([answering('ok')]);
  const tested = await testProvider(gateway, {
    ...{ workspace, provider: entry.provider, named: [], model: 'gpt-test' },
    ...{ owner: { member: 'ana' }, signal: new AbortController().signal },
  });
  expect(tested).toMatchObject({ model: 'gpt-test', text: 'ok', cost: 300 });
  expect(mock.getRequests()).toHaveLength(1);
  expect(await recorded()).toMatchObject([{ operation: 'test', member: 'ana' }]);
  expect((await gateway.listModels(workspace, entry.provider)).length).toBeGreaterThan(0);
});

it('reaches no private address that the operator does not allow', async () => {
  const closed = createGuard({ allow: '' });
  const { mock, entry } = await provider([answering('Never.')]);
  await chainOf(entry);
  const shut = createModelGateway({ db, guard: closed, log, maxWaitMs: 0 });
  expect((await errorOf(shut.chat(call(), hello))).kind).toBe('network');
  expect(mock.getRequests()).toHaveLength(0);
  await closed.close();
});
