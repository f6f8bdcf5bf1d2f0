import { beforeEach, expect, it } from '@jest/globals';
import { sandboxId } from '../../../contracts/models/provider.ts';
import { noUsage, type TokenUsage } from '../../../contracts/models/usage.ts';
import { describeDatabases } from '../../testing/describe-databases.ts';
import { createWorkspace } from '../../testing/fixtures.ts';
import type { ModelRepositories } from './index.ts';
import type { CallToBegin } from './ledger.ts';
import type { LostCallFinder } from './lost-calls.ts';

const price = { input: 1_000_000, cached: 100_000, cacheWrite: 1_000_000, output: 2_000_000 };
const used = (input: number, output: number): TokenUsage => ({ ...noUsage, input, output });

let made = 0;
/** Costs 10 + 2 × 45 = 100 micro-units at most. */
function call(more: Partial<CallToBegin> = {}): CallToBegin {
  made += 1;
  return {
    key: `key-${made}`,
    operation: 'chat',
    by: { provider: sandboxId, providerName: 'Sandbox', model: 'sandbox' },
    owner: { automation: 'au', run: 'run-1' },
    most: { input: 10, output: 45 },
    price,
    limits: { workspace: {}, provider: {} },
    leaseMs: 60_000,
    ...more,
  };
}

describeDatabases('The ledger of models', (database) => {
  let workspace: string;
  const use = <T>(work: (models: ModelRepositories) => Promise<T>): Promise<T> =>
    database().inWorkspace(workspace, ({ models }) => work(models));
  const budgetOf = async (id: string) => (await use(({ budgets }) => budgets.get(id)))!;
  const system = <T>(work: (calls: LostCallFinder) => Promise<T>) =>
    database().asSystem(({ modelCalls }) => work(modelCalls));

  beforeEach(async () => {
    workspace = await createWorkspace(database());
  });

  it('never lets many calls at once pass a budget, and gives back what they did not take', async () => {
    const budget = await use(({ budgets }) =>
      budgets.create({ scope: 'workspace', unit: 'money', limit: 1_000, period: 'month' }),
    );
    const begun = await Promise.all(
      Array.from({ length: 40 }, () => use(({ ledger }) => ledger.begin(call()))),
    );
    const won = begun.flatMap((result) => (result.kind === 'begun' ? [result.id] : []));
    expect(won).toHaveLength(10);
    expect(begun.find(({ kind }) => kind === 'over-budget')).toMatchObject({
      budget: { id: budget.id, scope: 'workspace', limit: 1_000 },
      left: 0,
      needed: 100,
    });
    expect((await budgetOf(budget.id)).accounts).toEqual([
      { subject: 'workspace', spent: 0, reserved: 1_000 },
    ]);

    const costs = await Promise.all(
      won.map((id) =>
        use(({ ledger }) => ledger.settle(id, { state: 'succeeded', usage: used(10, 5), answer: 'Hi' })),
      ),
    );
    expect(new Set(costs)).toEqual(new Set([20]));
    expect((await budgetOf(budget.id)).accounts).toEqual([{ subject: 'workspace', spent: 200, reserved: 0 }]);
    expect((await use(({ ledger }) => ledger.begin(call()))).kind).toBe('begun');
  });

  it('counts a settlement once', async () => {
    const budget = await use(({ budgets }) =>
      budgets.create({ scope: 'run', unit: 'tokens', limit: 100, period: 'total' }),
    );
    const begun = await use(({ ledger }) => ledger.begin(call()));
    if (begun.kind !== 'begun') throw new Error(begun.kind);
    const settle = () =>
      use(({ ledger }) => ledger.settle(begun.id, { state: 'succeeded', usage: used(10, 20) }));
    await Promise.all([settle(), settle(), settle()]);
    expect((await budgetOf(budget.id)).accounts).toEqual([{ subject: 'run-1', spent: 30, reserved: 0 }]);
    const ofOtherRun = await use(({ ledger }) => ledger.begin(call({ owner: { run: 'run-2' } })));
    expect(ofOtherRun.kind).toBe('begun');
  });

  it('answers a key that was answered, and lets nobody make a call that is being made', async () => {
    const one = call();
    const begun = await Promise.all([1, 2, 3].map(() => use(({ ledger }) => ledger.begin(one))));
    expect(begun.map(({ kind }) => kind).toSorted()).toEqual(['begun', 'in-flight', 'in-flight']);
    const { id } = begun.find((result) => result.kind === 'begun')!;
    await use(({ ledger }) =>
      ledger.settle(id, { state: 'succeeded', usage: used(1, 1), answer: { text: 'Hi' } }),
    );
    expect(await use(({ ledger }) => ledger.begin(one))).toEqual({
      kind: 'answered',
      answer: { text: 'Hi' },
    });
  });

  it('lets a call that failed be made again', async () => {
    const one = call();
    const begun = await use(({ ledger }) => ledger.begin(one));
    if (begun.kind !== 'begun') throw new Error(begun.kind);
    await use(({ ledger }) => ledger.settle(begun.id, { state: 'failed', usage: noUsage }));
    expect((await use(({ ledger }) => ledger.begin(one))).kind).toBe('begun');
  });

  it('gives up a call whose maker is silent, counts what was sent, and takes the truth when it comes after all', async () => {
    const budget = await use(({ budgets }) =>
      budgets.create({ scope: 'workspace', unit: 'money', limit: 1_000, period: 'day' }),
    );
    const one = call({ leaseMs: -60_000 });
    const dead = await use(({ ledger }) => ledger.begin(one));
    if (dead.kind !== 'begun') throw new Error(dead.kind);
    expect(await system((calls) => calls.settleLapsed())).toBe(1);
    expect((await budgetOf(budget.id)).accounts).toEqual([{ subject: 'workspace', spent: 10, reserved: 0 }]);
    const { items } = await use(({ usage }) => usage.calls({ limit: 5 }));
    expect(items).toMatchObject([
      {
        state: 'lost',
        cost: 10,
        usage: { input: 10, output: 0, estimated: true },
        failure: { code: 'model-call-lost' },
      },
    ]);
    expect(await use(({ ledger }) => ledger.renew(dead.id, 1_000))).toBe(false);

    await use(({ ledger }) =>
      ledger.settle(dead.id, { state: 'succeeded', usage: used(12, 4), answer: 'Hi' }),
    );
    expect((await budgetOf(budget.id)).accounts).toEqual([{ subject: 'workspace', spent: 20, reserved: 0 }]);
    expect(await system((calls) => calls.settleLapsed())).toBe(0);
  });

  it('gives up a silent call at once for who asks by the same key', async () => {
    const one = call({ leaseMs: -1 });
    await use(({ ledger }) => ledger.begin(one));
    expect((await use(({ ledger }) => ledger.begin({ ...one, leaseMs: 60_000 }))).kind).toBe('begun');
    const { items } = await use(({ usage }) => usage.calls({ limit: 5 }));
    expect(items.map(({ state }) => state)).toEqual(['open', 'lost']);
  });

  it('refuses a model without a price where a budget of money counts, and no other', async () => {
    const unpriced = () => use(({ ledger }) => ledger.begin(call({ price: null, owner: { member: 'ana' } })));
    expect((await unpriced()).kind).toBe('begun');
    await use(({ budgets }) =>
      budgets.create({ scope: 'member', target: 'ze', unit: 'money', limit: 5, period: 'day' }),
    );
    expect((await unpriced()).kind).toBe('begun');
    await use(({ budgets }) =>
      budgets.create({ scope: 'member', unit: 'money', limit: 5_000, period: 'day' }),
    );
    expect((await unpriced()).kind).toBe('not-priced');
  });

  it('counts requests, tokens and calls at once', async () => {
    const begin = (provider: object, of = 'p1') =>
      use(({ ledger }) =>
        ledger.begin(
          call({
            by: { provider: of, providerName: of, model: 'm' },
            limits: { workspace: {}, provider },
          }),
        ),
      );
    const requests = await Promise.all([1, 2, 3, 4].map(() => begin({ requestsPerMinute: 3 })));
    expect(requests.filter(({ kind }) => kind === 'begun')).toHaveLength(3);
    expect(requests.find(({ kind }) => kind === 'limited')).toMatchObject({
      whose: 'provider',
      limit: 'requestsPerMinute',
      retryAfterMs: expect.any(Number),
    });
    // More than a minute's worth at once goes through when nothing else did.
    expect((await begin({ tokensPerMinute: 20 }, 'p2')).kind).toBe('begun');
    expect(await begin({ tokensPerMinute: 20 }, 'p2')).toMatchObject({
      kind: 'limited',
      limit: 'tokensPerMinute',
    });

    const first = await begin({ concurrency: 1 }, 'p3');
    expect(await begin({ concurrency: 1 }, 'p3')).toMatchObject({ kind: 'limited', limit: 'concurrency' });
    if (first.kind !== 'begun') throw new Error(first.kind);
    await use(({ ledger }) => ledger.settle(first.id, { state: 'aborted', usage: used(1, 0) }));
    expect((await begin({ concurrency: 1 }, 'p3')).kind).toBe('begun');
  });

  it('shows what was used by whom, and nothing of another workspace', async () => {
    for (const member of ['ana', 'ana', 'ze']) {
      const begun = await use(({ ledger }) => ledger.begin(call({ owner: { member } })));
      if (begun.kind !== 'begun') throw new Error(begun.kind);
      await use(({ ledger }) =>
        ledger.settle(begun.id, { state: 'succeeded', usage: { ...used(100, 10), cached: 50 } }),
      );
    }
    const between = {
      from: new Date(Date.now() - 60_000).toISOString(),
      to: new Date(Date.now() + 60_000).toISOString(),
    };
    expect(await use(({ usage }) => usage.groupBy('member', between))).toEqual([
      {
        key: 'ana',
        calls: 2,
        failed: 0,
        input: 200,
        cached: 100,
        output: 20,
        reasoning: 0,
        cost: 150,
        unpriced: 0,
        estimated: 0,
      },
      {
        key: 'ze',
        calls: 1,
        failed: 0,
        input: 100,
        cached: 50,
        output: 10,
        reasoning: 0,
        cost: 75,
        unpriced: 0,
        estimated: 0,
      },
    ]);
    expect(await use(({ usage }) => usage.groupBy('day', between))).toMatchObject([{ cost: 225, calls: 3 }]);
    workspace = await createWorkspace(database());
    expect(await use(({ usage }) => usage.groupBy('model', between))).toEqual([]);
    expect((await use(({ usage }) => usage.calls({ limit: 5 }))).items).toEqual([]);
  });

  it('keeps one default chain', async () => {
    const entries = [{ provider: 'sandbox', model: 'sandbox' }];
    const add = (name: string, isDefault: boolean) =>
      use(({ chains }) => chains.create({ name, entries, isDefault }));
    await Promise.all(['a', 'b', 'c'].map((name) => add(name, true)));
    const listed = await use(({ chains }) => chains.list());
    expect(listed.map(({ isDefault }) => isDefault)).toEqual([true, false, false]);
    expect(await add('a', false)).toBe('name-taken');
    expect((await use(({ setup }) => setup(undefined))).chain).toMatchObject({
      name: listed[0]!.name,
      entries,
    });
    expect((await use(({ setup }) => setup(listed[2]!.id))).chain).toMatchObject({ name: listed[2]!.name });
  });

  it('keeps a price for each provider, and one for all', async () => {
    const put = (provider: string, input: number) =>
      use(({ prices }) => prices.put({ ...price, provider, model: 'm', input }));
    await put('', 1);
    await put('p', 2);
    await put('p', 4_000_000_000_000);
    const all = await use(({ prices }) => prices.list());
    expect(all.map(({ provider, input }) => [provider, input])).toEqual([
      ['', 1],
      ['p', 4_000_000_000_000],
    ]);
    expect(await use(({ prices }) => prices.remove({ provider: 'p', model: 'm' }))).toMatchObject({
      input: 4_000_000_000_000,
    });
  });
});
