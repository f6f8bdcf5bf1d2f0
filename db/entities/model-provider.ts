import { defineEntity, p } from '@mikro-orm/core';
import type { ProviderKind, ProviderSettings } from '../../contracts/models/provider.ts';
import { Workspace } from './workspace.ts';

/** A service whose models the workspace may call. Its key is a credential. */
export const ModelProvider = defineEntity({
  name: 'ModelProvider',
  tableName: 'model_providers',
  uniques: [{ name: 'model_providers_name_unique', properties: ['workspace', 'name'] }],
  properties: {
    id: p.text().primary(),
    workspace: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace').deleteRule('cascade'),
    name: p.text(),
    kind: p.text().$type<ProviderKind>(),
    /** Without a foreign key: a credential that is deleted leaves a provider that says so. */
    credential: p.text(),
    settings: p.json().$type<ProviderSettings>(),
    enabled: p.boolean(),
    createdAt: p.datetime(3),
    updatedAt: p.datetime(3),
    testedAt: p.datetime(3).nullable(),
    testPassed: p.boolean().nullable(),
  },
});
