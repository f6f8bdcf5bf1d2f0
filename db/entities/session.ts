import { defineEntity, p } from '@mikro-orm/core';
import { User } from './user.ts';
import { Workspace } from './workspace.ts';

export const Session = defineEntity({
  name: 'Session',
  tableName: 'sessions',
  properties: {
    id: p.text().primary(),
    /** sha-256 of the cookie's token, hex. */
    tokenHash: p.text().unique(),
    user: () => p.manyToOne(User).mapToPk().fieldName('user').deleteRule('cascade'),
    /** The active workspace. */
    workspace: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace').deleteRule('cascade'),
    expiresAt: p.datetime(3),
    createdAt: p.datetime(3),
  },
});
