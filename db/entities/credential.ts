import { defineEntity, p } from '@mikro-orm/core';
import type { JsonObject } from '../../contracts/json.ts';
import { Workspace } from './workspace.ts';

export const Credential = defineEntity({
  name: 'Credential',
  tableName: 'credentials',
  uniques: [{ name: 'credentials_name_unique', properties: ['workspace', 'name'] }],
  properties: {
    id: p.text().primary(),
    workspace: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace').deleteRule('cascade'),
    name: p.text(),
    /** Of `contracts/credentials/`. */
    type: p.text(),
    /** What may be shown: `{ fields, filled, connected, refreshing? }` (see repositories/credentials.ts). */
    fields: p.json().$type<JsonObject>(),
    /** The secret fields as JSON, sealed (see `vault/`). Never leaves the server. */
    sealed: p.text(),
    /** Grows with every change: a token refresh must not undo an edit. */
    revision: p.integer(),
    createdBy: p.text().nullable(),
    createdAt: p.datetime(3),
    updatedAt: p.datetime(3),
    lastUsedAt: p.datetime(3).nullable(),
    testedAt: p.datetime(3).nullable(),
    testPassed: p.boolean().nullable(),
  },
});
