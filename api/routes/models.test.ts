import { LLMock } from '@copilotkit/aimock';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { apiKey, owner, startTestApi, type TestApi } from '../testing/test-api.ts';

const usage = { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 };
let api: TestApi;
let mock: LLMock;
let made = 0;

beforeAll(async () => {
  api = await startTestApi({
    env: {
      ...{ HIVIEX_API_KEY: apiKey, HIVIEX_ALLOW_PRIVATE_HOSTS: '127.0.0.1' },
      ...{ HIVIEX_OWNER_EMAIL: owner.email, HIVIEX_OWNER_PASSWORD: owner.password },
    },
  });
}, 120_000);
afterAll(() => api.close());
beforeEach(async () => {
  mock = new LLMock({ port: 0, host: '127.0.0.1', logLevel: 'silent' });
  await mock.start();
});
afterEach(() => mock.stop());

const call = (method: string, path: string, body?: unknown) => api.call(method, `/api/v1${path}`, body);

async function addProvider(): Promise<{ id: string; credential: string; name: string }> {
  made += 1;
  const values = { baseUrl: `${mock.url}/v1`, apiKey: 'sk-secret-9012' };
  const credential = await call('POST', '/credentials', { name: `key ${made}`, type: 'llm', values });
  const added = await call('POST', '/model-providers', {
    ...{ name: `provider ${made}`, kind: 'openai', credential: credential.body.id },
  });
  expect(added.status).toBe(201);
  return { ...added.body, credential: credential.body.id };
}

describe('providers', () => {
  it('are listed with the sandbox last, which is named for what it is', async () => {
    const { body } = await call('GET', '/model-providers');
    expect(body.items.at(-1)).toMatchObject({ id: 'sandbox', builtIn: true, kind: 'sandbox' });
    const test = await call('POST', '/model-providers/sandbox/test', {});
    expect(test.body).toMatchObject({ passed: true, model: 'sandbox', cost: 0 });
    expect(test.body.message).toContain('no AI');
  });

  it('are tested by a real call, which is in the ledger, and never show a key', async () => {
    mock.on({}, { content: 'ok', usage });
    const { id } = await addProvider();
    const test = await call('POST', `/model-providers/${id}/test`, { model: 'gpt-4o-mini' });
    expect(test.body).toMatchObject({ passed: true, model: 'gpt-4o-mini', cost: 27 });
    expect(mock.getRequests()).toHaveLength(1);
    const { body } = await call('GET', `/model-providers/${id}`);
    expect(body).toMatchObject({ tested: { passed: true }, resting: [] });
    const calls = await call('GET', '/model-calls?limit=1');
    expect(calls.body.items).toMatchObject([{ operation: 'test', state: 'succeeded', cost: 27 }]);
    expect(JSON.stringify([body, calls.body, test.body])).not.toContain('sk-secret-9012');
  });

  it('say what is wrong and what to do, in the language of who asks', async () => {
    mock.on({}, { error: { message: 'Incorrect API key provided: sk-secret-9012' }, status: 401 });
    const { id } = await addProvider();
    const { body } = await api.call(
      'POST',
      `/api/v1/model-providers/${id}/test`,
      { model: 'm' },
      { authorization: `Bearer ${apiKey}`, 'accept-language': 'pt-BR' },
    );
    expect(body).toMatchObject({ passed: false, hint: expect.stringContaining('provedor') });
    expect(body.message).toContain('401');
    expect(JSON.stringify(body)).not.toContain('sk-secret-9012');
  });

  it('offer their models with prices, and those that their settings name without a list too', async () => {
    const { id } = await addProvider();
    await call('PATCH', `/model-providers/${id}`, { settings: { models: ['gpt-4o', 'my-own'] } });
    const { body } = await call('GET', `/model-providers/${id}/models`);
    expect(body.items.slice(0, 2)).toMatchObject([
      { id: 'gpt-4o', price: { input: 2_500_000 } },
      { id: 'my-own' },
    ]);
    await mock.stop();
    const without = await call('GET', `/model-providers/${id}/models`);
    expect(without.body).toMatchObject({
      items: [{ id: 'gpt-4o' }, { id: 'my-own' }],
      failure: { code: 'model-network', hint: expect.any(String) },
    });
    await mock.start();
  });

  it('take a credential of their kind only', async () => {
    const values = { token: 'a-token' };
    const credential = await call('POST', '/credentials', {
      name: `bearer ${++made}`,
      type: 'bearer',
      values,
    });
    const refused = await call('POST', '/model-providers', {
      ...{ name: 'Wrong', kind: 'anthropic', credential: credential.body.id },
    });
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ field: 'credential' }] } });
    const absent = await call('POST', '/model-providers', {
      name: 'None',
      kind: 'openai',
      credential: 'nobody',
    });
    expect(absent).toMatchObject({ status: 403, body: { code: 'credential-not-shared' } });
  });

  it('are kept while a chain names them', async () => {
    const { id } = await addProvider();
    const entries = [
      { provider: id, model: 'gpt-4o' },
      { provider: 'sandbox', model: 'sandbox' },
    ];
    const chain = await call('POST', '/model-chains', { name: `chain ${made}`, entries, isDefault: true });
    expect(chain.status).toBe(201);
    expect(await call('DELETE', `/model-providers/${id}`)).toMatchObject({
      status: 409,
      body: { code: 'provider-in-use', title: expect.stringContaining(`chain ${made}`) },
    });
    expect((await call('DELETE', `/model-chains/${chain.body.id}`)).status).toBe(204);
    expect((await call('DELETE', `/model-providers/${id}`)).status).toBe(204);
    expect((await call('GET', `/model-providers/${id}`)).status).toBe(404);
  });
});

it('a chain names providers of its workspace', async () => {
  const entries = [{ provider: 'nobody', model: 'x' }];
  expect(await call('POST', '/model-chains', { name: 'Wrong', entries })).toMatchObject({
    status: 400,
    body: { errors: [{ field: 'entries.0.provider' }] },
  });
});

it('prices of the workspace go before the list', async () => {
  const price = { model: 'gpt-4o', input: 1, cached: 1, cacheWrite: 1, output: 2 };
  expect((await call('PUT', '/model-prices', price)).status).toBe(200);
  const { body } = await call('GET', '/model-prices');
  expect(body.items).toMatchObject([{ ...price, provider: '' }]);
  expect(body.known.find(({ model }: { model: string }) => model === 'gpt-4o').input).toBe(2_500_000);
  expect((await call('DELETE', '/model-prices?model=gpt-4o')).status).toBe(204);
  expect((await call('GET', '/model-prices')).body.items).toEqual([]);
  expect((await call('DELETE', '/model-prices?model=gpt-4o')).status).toBe(204);
});

it('budgets and limits are made, shown and taken away', async () => {
  const rule = { scope: 'workspace', unit: 'money', limit: 5_000_000, period: 'month' };
  const { body: budget } = await call('POST', '/model-budgets', rule);
  expect(budget).toMatchObject({ ...rule, accounts: [] });
  expect((await call('PATCH', `/model-budgets/${budget.id}`, { limit: 7_000_000 })).body.limit).toBe(
    7_000_000,
  );
  await call('POST', '/model-providers/sandbox/test', {});
  const { body } = await call('GET', '/model-budgets');
  expect(body.items).toMatchObject([{ accounts: [{ subject: 'workspace', spent: 0, reserved: 0 }] }]);
  expect((await call('DELETE', `/model-budgets/${budget.id}`)).status).toBe(204);
  expect((await call('POST', '/model-budgets', { ...rule, scope: 'run', target: 'x' })).status).toBe(400);
  expect((await call('POST', '/model-budgets', { ...rule, scope: 'member', target: 'x' })).status).toBe(400);

  expect((await call('PUT', '/model-limits', { requestsPerMinute: 100 })).status).toBe(200);
  expect((await call('GET', '/model-limits')).body).toEqual({ requestsPerMinute: 100 });
  await call('PUT', '/model-limits', {});
});

it('shows what was used, by day and by member', async () => {
  await call('POST', '/model-providers/sandbox/test', {});
  const days = await call('GET', '/model-usage?by=day');
  expect(days.body.items.at(-1)).toMatchObject({
    key: new Date().toISOString().slice(0, 10),
    cost: expect.any(Number),
  });
  expect((await call('GET', '/model-usage?by=model')).body.items).toContainEqual(
    expect.objectContaining({ key: 'sandbox', failed: 0 }),
  );
  expect((await call('GET', '/model-usage?from=2020-01-01T00:00:00Z')).status).toBe(400);
});
