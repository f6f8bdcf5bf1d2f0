import { defineEntity, p } from '@mikro-orm/core';
import type { Role } from '../../contracts/access/roles.ts';
import { User } from './user.ts';
import { Workspace } from './workspace.ts';

export const Membership = defineEntity({
  name: 'Membership',
  tableName: 'memberships',
  primaryKeys: ['user', 'workspace'],
  properties: {
    user: () => p.manyToOne(User).mapToPk().primary().fieldName('user').deleteRule('cascade'),
    workspace: () => p.manyToOne(Workspace).mapToPk().primary().fieldName('workspace').deleteRule('cascade'),
    role: p.text().$type<Role>(),
    createdAt: p.datetime(3),
  },
});
