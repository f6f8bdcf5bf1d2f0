/** What the caller may name as `model`, as the workspace has it now. */
import type { OpenAiModel, OpenAiModelList } from '../../contracts/api/openai/models.ts';
import type { ChainEntry } from '../../contracts/models/chain.ts';
import { sandboxId, sandboxModel } from '../../contracts/models/provider.ts';
import type { ModelSetup, OfferedAgent, StoredChain } from '../../db/index.ts';
import { mayDo } from '../access/authorize.ts';
import { visibleTo } from '../access/visible-to.ts';
import type { WorkspacePrincipal } from '../auth/principal.ts';
import type { ApiDeps } from '../deps.ts';
import { defaultModel, type NamedModels, shownNames } from './model-names.ts';

export interface KnownModels extends NamedModels {
  agents: OfferedAgent[];
  chains: StoredChain[];
  providers: Pick<ModelSetup['providers'][number], 'id' | 'name' | 'settings'>[];
}

export async function knownModels(
  principal: WorkspacePrincipal,
  deps: Pick<ApiDeps, 'db'>,
): Promise<KnownModels> {
  const { db } = deps;
  const asksModels = await mayDo(principal, 'model.ask', () => undefined, deps);
  return await db.inWorkspace(principal.workspace, async ({ agents, models }) => {
    const offered = await agents.offered(visibleTo(principal, 'agent.use'));
    if (!asksModels) return { agents: offered, chains: [], providers: [] };
    const { providers } = await models.setup(undefined);
    return {
      agents: offered,
      chains: await models.chains.list(),
      providers: [...providers.filter(({ enabled }) => enabled), sandbox],
    };
  });
}

const sandbox: KnownModels['providers'][number] = {
  ...{ id: sandboxId, name: 'Sandbox' },
  settings: { models: [sandboxModel], firstTokenSeconds: 120, betweenTokensSeconds: 60 },
};

/** Of providers: the models that their settings or a chain name. Any other that a provider has may be asked as well. */
export function listModels({ agents, chains, providers }: KnownModels): OpenAiModelList {
  const nameOfAgent = shownNames(agents);
  const nameOfChain = shownNames(chains);
  const nameOfProvider = shownNames(providers);
  const entries = providers.flatMap(({ id, settings }) =>
    settings.models.map((model): ChainEntry => ({ provider: id, model })),
  );
  const named = [...entries, ...chains.flatMap((chain) => chain.entries)];
  const byId = new Map<string, OpenAiModel>();
  const add = (id: string, name: string, owner: string, createdAt?: string) => {
    if (!byId.has(id)) byId.set(id, entryOf(id, name, owner, createdAt));
  };

  for (const { id, name, createdAt } of agents) add(`agent:${nameOfAgent.get(id)}`, name, 'agent', createdAt);
  if (providers.length > 0) add(defaultModel, 'Default', 'chain');
  for (const { id, name, createdAt } of chains) add(`chain:${nameOfChain.get(id)}`, name, 'chain', createdAt);
  for (const { provider, model } of named) {
    const owner = nameOfProvider.get(provider);
    if (owner !== undefined) add(`${owner}/${model}`, model, owner);
  }
  return { object: 'list', data: [...byId.values()] };
}

function entryOf(id: string, name: string, owned_by: string, createdAt: string | undefined): OpenAiModel {
  const created = createdAt === undefined ? 0 : Math.floor(Date.parse(createdAt) / 1_000);
  return { id, object: 'model', created, owned_by, name };
}
