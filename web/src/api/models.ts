/** Providers of models, chains, prices, budgets and usage. Keys are credentials, and never come back. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  createModelBudget,
  createModelChain,
  createModelProvider,
  ModelBudget,
  ModelChain,
  ModelPriceList,
  ModelProvider,
  ModelProviderTest,
  ModelUsage,
  OfferedModels,
  putModelPrice,
  updateModelChain,
  updateModelProvider,
} from '../../../contracts/api/models.ts';
import type { ModelLimits } from '../../../contracts/models/provider.ts';
import { queryString, request } from './client.ts';
import { useChange } from './use-change.ts';
import { useList } from './use-list.ts';

const providersKey = ['model-providers'];
const chainsKey = ['model-chains'];
const pricesKey = ['model-prices'];
const budgetsKey = ['model-budgets'];
const usageKey = ['model-usage'];
const limitsKey = ['model-limits'];
const at = (collection: string, id: string) => `/${collection}/${encodeURIComponent(id)}`;

export const useModelProviders = () => useList<ModelProvider>(providersKey, '/model-providers');

export const useCreateProvider = () =>
  useChange(
    (body: z.input<typeof createModelProvider>) =>
      request<ModelProvider>('POST', '/model-providers', { body }),
    providersKey,
  );
export const useUpdateProvider = () =>
  useChange(
    ({ id, ...body }: z.input<typeof updateModelProvider> & { id: string }) =>
      request<ModelProvider>('PATCH', at('model-providers', id), { body }),
    providersKey,
  );
export const useRemoveProvider = () =>
  useChange((id: string) => request<void>('DELETE', at('model-providers', id)), providersKey, pricesKey);
/** A real, small call. */
export const useTestProvider = () =>
  useChange(
    (id: string) => request<ModelProviderTest>('POST', `${at('model-providers', id)}/test`, { body: {} }),
    providersKey,
    usageKey,
  );

/** Asked at the provider, so kept for a while. */
export function useOfferedModels(provider: string | undefined) {
  return useQuery({
    queryKey: [...providersKey, provider, 'models'],
    queryFn: () => request<OfferedModels>('GET', `${at('model-providers', provider ?? '')}/models`),
    enabled: provider !== undefined && provider !== '',
    staleTime: 300_000,
  });
}

export const useModelChains = () => useList<ModelChain>(chainsKey, '/model-chains');

export const useSaveChain = () =>
  useChange(
    ({ id, ...body }: z.input<typeof createModelChain> & { id?: string | undefined }) =>
      id === undefined
        ? request<ModelChain>('POST', '/model-chains', { body })
        : request<ModelChain>('PATCH', at('model-chains', id), { body }),
    chainsKey,
  );
export const useChangeChain = () =>
  useChange(
    ({ id, ...body }: z.input<typeof updateModelChain> & { id: string }) =>
      request<ModelChain>('PATCH', at('model-chains', id), { body }),
    chainsKey,
  );
export const useRemoveChain = () =>
  useChange((id: string) => request<void>('DELETE', at('model-chains', id)), chainsKey);

export function useModelPrices() {
  return useQuery({
    queryKey: pricesKey,
    queryFn: () => request<ModelPriceList>('GET', '/model-prices'),
  });
}
export const usePutPrice = () =>
  useChange(
    (body: z.input<typeof putModelPrice>) => request<void>('PUT', '/model-prices', { body }),
    pricesKey,
    providersKey,
  );
export const useRemovePrice = () =>
  useChange(
    (which: { provider: string; model: string }) =>
      request<void>('DELETE', `/model-prices${queryString(which)}`),
    pricesKey,
    providersKey,
  );

export const useModelBudgets = () => useList<ModelBudget>(budgetsKey, '/model-budgets');

export const useCreateBudget = () =>
  useChange(
    (body: z.input<typeof createModelBudget>) => request<ModelBudget>('POST', '/model-budgets', { body }),
    budgetsKey,
  );
export const useRemoveBudget = () =>
  useChange((id: string) => request<void>('DELETE', at('model-budgets', id)), budgetsKey);

export function useModelLimits() {
  return useQuery({ queryKey: limitsKey, queryFn: () => request<ModelLimits>('GET', '/model-limits') });
}
export const useSaveLimits = () =>
  useChange((body: ModelLimits) => request<ModelLimits>('PUT', '/model-limits', { body }), limitsKey);

export type UsageBy = 'day' | 'model' | 'member' | 'automation';

export function useModelUsage(by: UsageBy, from: string) {
  return useQuery({
    queryKey: [...usageKey, by, from],
    queryFn: () => request<ModelUsage>('GET', `/model-usage${queryString({ by, from })}`),
    placeholderData: keepPreviousData,
  });
}
