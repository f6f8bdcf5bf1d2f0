/** All that a call to a model depends on, read in one statement: it stands between a person and the first word of an answer. */
import type { ChainEntry } from '../../../contracts/models/chain.ts';
import type { ModelPrice } from '../../../contracts/models/price.ts';
import type { ModelLimits, ProviderKind, ProviderSettings } from '../../../contracts/models/provider.ts';
import { type Sql, toMoment } from '../../sql.ts';
import type { ModelRest } from './health.ts';

export interface ModelSetup {
  providers: {
    id: string;
    name: string;
    kind: ProviderKind;
    credential: string;
    settings: ProviderSettings;
    enabled: boolean;
  }[];
  /** Of the chain that was asked for. */
  chain?: { id: string; name: string; entries: ChainEntry[] } | undefined;
  prices: (ModelPrice & { provider: string; model: string })[];
  limits: ModelLimits;
  resting: ModelRest[];
}

interface Row {
  providers: ModelSetup['providers'] | null;
  chain: NonNullable<ModelSetup['chain']> | null;
  prices: ModelSetup['prices'] | null;
  limits: ModelLimits | null;
  resting: ModelRest[] | null;
}

/** @param chain id; undefined: the default */
export type ReadModelSetup = (chain: string | undefined) => Promise<ModelSetup>;

export function createReadModelSetup(sql: Sql, workspace: string): ReadModelSetup {
  return async (chain) => {
    const [row] = await sql.query<Row>(
      `select
         (select jsonb_agg(jsonb_build_object('id', id, 'name', name, 'kind', kind, 'credential', credential,
            'settings', settings, 'enabled', enabled)) from model_providers where workspace = $1) as providers,
         (select jsonb_build_object('id', id, 'name', name, 'entries', entries) from model_chains
            where workspace = $1 and (id = $2 or ($2::text is null and is_default))) as chain,
         (select jsonb_agg(jsonb_build_object('provider', provider, 'model', model, 'input', input, 'cached', cached,
            'cacheWrite', cache_write, 'output', output)) from model_prices where workspace = $1) as prices,
         (select limits from model_limits where workspace = $1) as limits,
         (select jsonb_agg(jsonb_build_object('provider', provider, 'model', model, 'failures', failures, 'reason', reason,
            'restUntil', rest_until)) from model_health where workspace = $1) as resting`,
      [workspace, chain ?? null],
    );
    const { providers, chain: found, prices, limits, resting } = row!;
    return {
      providers: providers ?? [],
      ...(found && { chain: found }),
      prices: prices ?? [],
      limits: limits ?? {},
      resting: (resting ?? []).map((rest) => ({ ...rest, restUntil: toMoment(rest.restUntil) })),
    };
  };
}
