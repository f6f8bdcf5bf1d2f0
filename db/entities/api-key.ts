import { defineEntity, p } from '@mikro-orm/core';
import { Workspace } from './workspace.ts';

export const ApiKey = defineEntity({
  name: 'ApiKey',
  tableName: 'api_keys',
  properties: {
    id: p.text().primary(),
    workspace: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace').deleteRule('cascade').index(),
    name: p.text(),
    /** The key's first characters, so that a person recognises it. */
    prefix: p.text(),
    /** sha-256 of the whole key, hex. */
    keyHash: p.text().unique(),
    createdAt: p.datetime(3),
    lastUsedAt: p.datetime(3).nullable(),
  },
});
