import { defineEntity, p } from '@mikro-orm/core';
import { Workspace } from './workspace.ts';

/** Encrypts a workspace's secrets; itself encrypted by the instance's master key (envelope encryption). */
export const DataKey = defineEntity({
  name: 'DataKey',
  tableName: 'data_keys',
  primaryKeys: ['workspace', 'version'],
  properties: {
    workspace: () => p.manyToOne(Workspace).mapToPk().primary().fieldName('workspace').deleteRule('cascade'),
    /** The highest is used for what is sealed from now on. */
    version: p.integer().primary(),
    /** The key, sealed by the master key; base64url. */
    wrapped: p.text(),
    /** Fingerprint of the master key that sealed it. */
    masterKey: p.text(),
    createdAt: p.datetime(3),
  },
});
