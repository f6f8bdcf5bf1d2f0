/** What belongs to models, of one workspace. */
import type { Sql } from '../../sql.ts';
import { createModelBudgetsRepository, type ModelBudgetsRepository } from './budgets.ts';
import { createModelChainsRepository, type ModelChainsRepository } from './chains.ts';
import { createModelHealthRepository, type ModelHealthRepository } from './health.ts';
import { createModelLedger, type ModelLedger } from './ledger.ts';
import { createModelLimitsRepository, type ModelLimitsRepository } from './limits.ts';
import { createModelPricesRepository, type ModelPricesRepository } from './prices.ts';
import { createModelProvidersRepository, type ModelProvidersRepository } from './providers.ts';
import { createReadModelSetup, type ReadModelSetup } from './setup.ts';
import { createModelUsageRepository, type ModelUsageRepository } from './usage.ts';

export interface ModelRepositories {
  providers: ModelProvidersRepository;
  chains: ModelChainsRepository;
  prices: ModelPricesRepository;
  budgets: ModelBudgetsRepository;
  limits: ModelLimitsRepository;
  health: ModelHealthRepository;
  ledger: ModelLedger;
  usage: ModelUsageRepository;
  setup: ReadModelSetup;
}

export function createModelRepositories(sql: Sql, workspace: string): ModelRepositories {
  return {
    providers: createModelProvidersRepository(sql, workspace),
    chains: createModelChainsRepository(sql, workspace),
    prices: createModelPricesRepository(sql, workspace),
    budgets: createModelBudgetsRepository(sql, workspace),
    limits: createModelLimitsRepository(sql, workspace),
    health: createModelHealthRepository(sql, workspace),
    ledger: createModelLedger(sql, workspace),
    usage: createModelUsageRepository(sql, workspace),
    setup: createReadModelSetup(sql, workspace),
  };
}
