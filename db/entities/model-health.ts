import { defineEntity, p } from '@mikro-orm/core';
import type { ModelErrorKind } from '../../contracts/models/call.ts';
import { Workspace } from './workspace.ts';

/** A model that failed lately: everybody leaves it alone for a while. Its next success takes the row away. */
export const ModelHealth = defineEntity({
  name: 'ModelHealth',
  tableName: 'model_health',
  primaryKeys: ['workspace', 'provider', 'model'],
  properties: {
    workspace: () => p.manyToOne(Workspace).mapToPk().primary().fieldName('workspace').deleteRule('cascade'),
    provider: p.text().primary(),
    model: p.text().primary(),
    /** One after another. */
    failures: p.integer(),
    reason: p.text().$type<ModelErrorKind>(),
    restUntil: p.datetime(3),
    updatedAt: p.datetime(3),
  },
});
