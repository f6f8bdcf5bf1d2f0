import { defineEntity, p } from '@mikro-orm/core';
import type { ChainEntry } from '../../contracts/models/chain.ts';
import { Workspace } from './workspace.ts';

/** Models in the order in which they are tried. One of a workspace may be its default. */
export const ModelChain = defineEntity({
  name: 'ModelChain',
  tableName: 'model_chains',
  uniques: [{ name: 'model_chains_name_unique', properties: ['workspace', 'name'] }],
  indexes: [
    {
      name: 'model_chains_default',
      properties: ['workspace'],
      expression: `create unique index "model_chains_default" on "model_chains" ("workspace") where is_default`,
    },
  ],
  properties: {
    id: p.text().primary(),
    workspace: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace').deleteRule('cascade'),
    name: p.text(),
    entries: p.json().$type<ChainEntry[]>(),
    isDefault: p.boolean(),
    createdAt: p.datetime(3),
    updatedAt: p.datetime(3),
  },
});
