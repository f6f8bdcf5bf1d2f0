import { defineEntity, p } from '@mikro-orm/core';
import type { AgentDefinition } from '../../contracts/agents/agent.ts';
import { Workspace } from './workspace.ts';

/** Who may talk to it is in `grants`: one for everybody makes it the workspace's. */
export const Agent = defineEntity({
  name: 'Agent',
  tableName: 'agents',
  indexes: [{ name: 'agents_by_update', properties: ['workspace', 'updatedAt', 'id'] }],
  properties: {
    id: p.text().primary(),
    workspace: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace').deleteRule('cascade'),
    name: p.text(),
    description: p.text(),
    /** Id of a file. */
    avatar: p.text().nullable(),
    draft: p.json().$type<AgentDefinition>(),
    /** `contentHash(draft)`: differs from the published version's when the draft has changed. */
    draftHash: p.text(),
    draftRevision: p.integer(),
    /** Id of a version. No foreign key: versions refer to agents already, and neither is ever deleted alone. */
    publishedVersion: p.text().nullable(),
    createdBy: p.text().nullable(),
    createdAt: p.datetime(3),
    updatedAt: p.datetime(3),
    deletedAt: p.datetime(3).nullable(),
  },
});
