import { defineEntity, p } from '@mikro-orm/core';
import type { ModelLimits } from '../../contracts/models/provider.ts';
import { Workspace } from './workspace.ts';

/** How much a workspace may ask of all its models together. */
export const ModelLimit = defineEntity({
  name: 'ModelLimit',
  tableName: 'model_limits',
  properties: {
    workspace: () => p.manyToOne(Workspace).mapToPk().primary().fieldName('workspace').deleteRule('cascade'),
    limits: p.json().$type<ModelLimits>(),
    updatedAt: p.datetime(3),
  },
});
