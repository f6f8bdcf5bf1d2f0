/** The models of a chain as they are to be tried: each with its provider, its price, and until when it rests. */
import type { ModelErrorKind } from '../contracts/models/call.ts';
import type { ChainEntry, ModelChoice } from '../contracts/models/chain.ts';
import type { AnsweredBy } from '../contracts/models/chat.ts';
import { knownPriceOf } from '../contracts/models/known-prices.ts';
import { freeOfCharge, type ModelPrice } from '../contracts/models/price.ts';
import {
  defaultProviderSettings,
  type ProviderKind,
  type ProviderSettings,
  sandboxEmbeddingModel,
  sandboxId,
  sandboxModel,
} from '../contracts/models/provider.ts';
import type { ModelSetup } from '../db/index.ts';
import { brokenFrom, ModelError } from './model-error.ts';

export interface Candidate {
  entry: ChainEntry;
  by: AnsweredBy;
  kind: ProviderKind;
  /** '' for the sandbox. */
  credential: string;
  settings: ProviderSettings;
  price: ModelPrice | null;
  /** Epoch milliseconds; 0: it does not rest. */
  restUntil: number;
  restReason?: ModelErrorKind | undefined;
  /** It failed when it was last called: a success is worth writing down. */
  hasFailed: boolean;
  /** It failed often in a row: whoever comes first after its rest tries it for all. */
  isBroken: boolean;
}

/**
 * Without a chain that is the default: the sandbox, so that everything works before there is a key.
 *
 * @throws ModelError `no-model` when the choice leads nowhere
 */
export function candidatesOf(
  setup: ModelSetup,
  choice: ModelChoice,
  operation: 'chat' | 'embed' = 'chat',
): Candidate[] {
  const candidates = entriesOf(setup, choice, operation).flatMap((entry) => candidateOf(setup, entry) ?? []);
  if (candidates.length === 0)
    throw new ModelError({
      kind: 'no-model',
      says: 'None of the models that were chosen can be used: their provider is gone or turned off.',
    });
  return candidates;
}

function entriesOf(setup: ModelSetup, choice: ModelChoice, operation: 'chat' | 'embed'): ChainEntry[] {
  if (choice.kind === 'model') return [choice.entry];
  if (setup.chain) return setup.chain.entries;
  if (choice.kind === 'chain')
    throw new ModelError({ kind: 'no-model', says: 'The chain that was chosen is not there any more.' });
  return [{ provider: sandboxId, model: operation === 'chat' ? sandboxModel : sandboxEmbeddingModel }];
}

function candidateOf(setup: ModelSetup, entry: ChainEntry): Candidate | undefined {
  const provider = providerOf(setup, entry.provider);
  if (!provider?.enabled) return undefined;
  const rest = setup.resting.find((each) => each.provider === entry.provider && each.model === entry.model);
  return {
    entry,
    by: { provider: provider.id, providerName: provider.name, model: entry.model },
    kind: provider.kind,
    credential: provider.credential,
    settings: provider.settings,
    price: priceOf(setup, entry),
    restUntil: rest ? Date.parse(rest.restUntil) : 0,
    restReason: rest?.reason,
    hasFailed: rest !== undefined,
    isBroken: (rest?.failures ?? 0) >= brokenFrom,
  };
}

const sandbox: ModelSetup['providers'][number] = {
  ...{ id: sandboxId, name: 'Sandbox', kind: 'sandbox', credential: '' },
  settings: defaultProviderSettings,
  enabled: true,
};

export function providerOf(setup: ModelSetup, id: string): ModelSetup['providers'][number] | undefined {
  return id === sandboxId ? sandbox : setup.providers.find((provider) => provider.id === id);
}

/** The workspace's own price for this provider, then for any, then the list that comes with Hiviex. Null: nobody knows. */
export function priceOf(
  { prices }: Pick<ModelSetup, 'prices'>,
  { provider, model }: ChainEntry,
): ModelPrice | null {
  if (provider === sandboxId) return freeOfCharge;
  const own = (of: string) => prices.find((price) => price.provider === of && price.model === model);
  const found = own(provider) ?? own('') ?? knownPriceOf(model);
  if (!found) return null;
  const { input, cached, cacheWrite, output } = found;
  return { input, cached, cacheWrite, output };
}
