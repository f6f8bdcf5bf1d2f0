import { defineEntity, p } from '@mikro-orm/core';
import { Workspace } from './workspace.ts';

/** What a workspace says that a model costs. Micro-units per million tokens (contracts/models/price.ts). */
export const ModelPrice = defineEntity({
  name: 'ModelPrice',
  tableName: 'model_prices',
  primaryKeys: ['workspace', 'provider', 'model'],
  properties: {
    workspace: () => p.manyToOne(Workspace).mapToPk().primary().fieldName('workspace').deleteRule('cascade'),
    /** '': of every provider. */
    provider: p.text().primary(),
    model: p.text().primary(),
    input: p.bigint('number'),
    cached: p.bigint('number'),
    cacheWrite: p.bigint('number'),
    output: p.bigint('number'),
    updatedAt: p.datetime(3),
  },
});
