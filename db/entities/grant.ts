import { defineEntity, p } from '@mikro-orm/core';
import type { GrantLevel, ResourceType } from '../../contracts/access/roles.ts';
import { Workspace } from './workspace.ts';

/** One resource shared with one member, one group, or everybody of the workspace. */
export const Grant = defineEntity({
  name: 'Grant',
  tableName: 'grants',
  uniques: [
    {
      name: 'grants_unique',
      properties: ['workspace', 'resourceType', 'resource', 'granteeType', 'grantee'],
    },
  ],
  properties: {
    id: p.text().primary(),
    workspace: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace').deleteRule('cascade'),
    resourceType: p.text().$type<ResourceType>(),
    /** No foreign key: it points into one of several tables. Goes with its resource. */
    resource: p.text(),
    granteeType: p.text().$type<'user' | 'group' | 'everyone'>(),
    /** Id of the user or group; empty for everyone. */
    grantee: p.text(),
    level: p.text().$type<GrantLevel>(),
    createdBy: p.text().nullable(),
    createdAt: p.datetime(3),
  },
});
