import { defineEntity, p } from '@mikro-orm/core';
import { Group } from './group.ts';
import { User } from './user.ts';
import { Workspace } from './workspace.ts';

export const GroupMember = defineEntity({
  name: 'GroupMember',
  tableName: 'group_members',
  primaryKeys: ['group', 'user'],
  properties: {
    group: () => p.manyToOne(Group).mapToPk().primary().fieldName('group').deleteRule('cascade'),
    user: () => p.manyToOne(User).mapToPk().primary().fieldName('user').deleteRule('cascade'),
    workspace: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace').deleteRule('cascade'),
  },
});
