import { defineEntity, p } from '@mikro-orm/core';
import type { Scope } from '../../contracts/access/actions.ts';
import type { Role } from '../../contracts/access/roles.ts';
import { User } from './user.ts';
import { Workspace } from './workspace.ts';

/** A program's credential. With a `user` it acts for that person and never beyond their role; without, it is a service account. */
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
    /** Null: a service account, which acts by `role`. */
    user: () => p.manyToOne(User).mapToPk().fieldName('user').deleteRule('cascade').nullable(),
    role: p.text().$type<Role>(),
    /** Null: all that the role may. */
    scopes: p.json().$type<Scope[]>().nullable(),
    /** Requests a minute; null: the instance's default. */
    rateLimit: p.integer().nullable(),
    expiresAt: p.datetime(3).nullable(),
    createdBy: p.text().nullable(),
    createdAt: p.datetime(3),
    lastUsedAt: p.datetime(3).nullable(),
  },
});
