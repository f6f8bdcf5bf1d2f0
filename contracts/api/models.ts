/** Providers of models, chains, prices, budgets and usage, as the API gives and takes them. Money is micro-units (a millionth). */
import { z } from 'zod';
import { budgetRule } from '../models/budget.ts';
import { callOperation, callState, modelErrorKind } from '../models/call.ts';
import { chainEntries } from '../models/chain.ts';
import { answeredBy } from '../models/chat.ts';
import { modelPrice } from '../models/price.ts';
import { modelLimits, providerKind, providerSettings } from '../models/provider.ts';
import { tokenUsage } from '../models/usage.ts';
import { failure } from '../run.ts';
import { moment, pageOf, pageQuery } from './page.ts';

const name = z.string().trim().min(1).max(64);
const id = z.string().min(1).max(64);

/** A model that is left alone for a while, because it failed. */
export const restingModel = z.object({
  model: z.string(),
  reason: modelErrorKind,
  failures: z.int(),
  until: moment,
});

export const modelProvider = z.object({
  id: z.string(),
  name: z.string(),
  kind: providerKind,
  /** Id of the credential with its address and key; '' for the built-in sandbox. */
  credential: z.string(),
  settings: providerSettings,
  enabled: z.boolean(),
  /** Comes with Hiviex, is no AI and can't be changed. */
  builtIn: z.boolean(),
  resting: z.array(restingModel),
  tested: z.object({ at: moment, passed: z.boolean() }).optional(),
});
export type ModelProvider = z.output<typeof modelProvider>;
export const modelProviderList = z.object({ items: z.array(modelProvider) });
export const createModelProvider = z.object({
  name,
  kind: providerKind.exclude(['sandbox']),
  credential: id,
  settings: providerSettings.prefault({}),
});
export const updateModelProvider = z.object({
  name: name.optional(),
  credential: id.optional(),
  settings: providerSettings.optional(),
  enabled: z.boolean().optional(),
});
export const testModelProvider = z.object({ model: z.string().trim().min(1).max(200).optional() });
/** `message` says what came of it, without any secret. */
export const modelProviderTest = z.object({
  passed: z.boolean(),
  message: z.string(),
  hint: z.string().optional(),
  model: z.string().optional(),
  /** Milliseconds. */
  ms: z.int().optional(),
  cost: z.int().nullable().optional(),
});
export type ModelProviderTest = z.output<typeof modelProviderTest>;

export const offeredModel = z.object({
  id: z.string(),
  name: z.string().optional(),
  /** What counts for calls: the workspace's own, else the list that comes with Hiviex. */
  price: modelPrice.optional(),
});
/** `failure` in place of the list when the provider gives none; those that its settings name are there all the same. */
export const offeredModels = z.object({ items: z.array(offeredModel), failure: failure.optional() });
export type OfferedModels = z.output<typeof offeredModels>;

export const modelChain = z.object({
  id: z.string(),
  name: z.string(),
  entries: chainEntries,
  isDefault: z.boolean(),
  createdAt: moment,
  updatedAt: moment,
});
export type ModelChain = z.output<typeof modelChain>;
export const modelChainList = z.object({ items: z.array(modelChain) });
export const createModelChain = z.object({
  name,
  entries: chainEntries,
  isDefault: z.boolean().default(false),
});
export const updateModelChain = z.object({
  name: name.optional(),
  entries: chainEntries.optional(),
  isDefault: z.boolean().optional(),
});

const priceOf = z.object({
  /** '': of every provider that has the model. */
  provider: z.string().max(64).default(''),
  model: z.string().trim().min(1).max(200),
});
export const putModelPrice = priceOf.extend(modelPrice.shape);
export const whichModelPrice = priceOf;
export const storedModelPrice = putModelPrice.extend({ updatedAt: moment });
export type StoredModelPrice = z.output<typeof storedModelPrice>;
export const modelPriceList = z.object({
  items: z.array(storedModelPrice),
  /** The list that comes with Hiviex; `items` go before it. */
  known: z.array(modelPrice.extend({ model: z.string() })),
  /** When the list was made: year and month. */
  knownAsOf: z.string(),
});
export type ModelPriceList = z.output<typeof modelPriceList>;

export const modelBudget = z.object({
  id: z.string(),
  ...budgetRule.shape,
  createdAt: moment,
  updatedAt: moment,
  /** Of the period under way, who has used most first; ten at most. */
  accounts: z.array(z.object({ subject: z.string(), spent: z.number(), reserved: z.number() })),
});
export type ModelBudget = z.output<typeof modelBudget>;
export const modelBudgetList = z.object({ items: z.array(modelBudget) });
export const createModelBudget = budgetRule;
export const updateModelBudget = z.object({ limit: budgetRule.shape.limit });

export { modelLimits };

export const usageQuery = z.object({
  by: z.enum(['day', 'model', 'provider', 'member', 'agent', 'automation']).default('day'),
  from: moment.optional().describe('Default: 30 days ago'),
  to: moment.optional().describe('Default: now'),
});
export const modelUsage = z.object({
  from: moment,
  to: moment,
  items: z.array(
    z.object({
      /** The day (UTC), the name of model or provider, or an id; '' where there is none. */
      key: z.string(),
      /** Of a member or automation. */
      name: z.string().optional(),
      calls: z.int(),
      failed: z.int(),
      input: z.number(),
      cached: z.number(),
      output: z.number(),
      reasoning: z.number(),
      cost: z.number(),
      /** Calls to models without a price: they are not in `cost`. */
      unpriced: z.int(),
      /** Calls whose tokens are estimates. */
      estimated: z.int(),
    }),
  ),
});
export type ModelUsage = z.output<typeof modelUsage>;

export const modelCall = z.object({
  id: z.string(),
  operation: callOperation,
  by: answeredBy,
  state: callState,
  usage: tokenUsage,
  cost: z.number().nullable(),
  automation: z.string().optional(),
  run: z.string().optional(),
  node: z.string().optional(),
  agent: z.string().optional(),
  member: z.string().optional(),
  startedAt: moment,
  finishedAt: moment.optional(),
  firstTokenMs: z.int().optional(),
  failure: failure.optional(),
});
export type ModelCall = z.output<typeof modelCall>;
export const modelCallPage = pageOf(modelCall);
export const listModelCalls = pageQuery;
