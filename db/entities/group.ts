import { defineEntity, p } from '@mikro-orm/core';
import { Workspace } from './workspace.ts';

/** Members that are granted things together. */
export const Group = defineEntity({
  name: 'Group',
  tableName: 'groups',
  uniques: [{ name: 'groups_name_unique', properties: ['workspace', 'name'] }],
  properties: {
    id: p.text().primary(),
    workspace: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace').deleteRule('cascade'),
    name: p.text(),
    createdAt: p.datetime(3),
  },
});
