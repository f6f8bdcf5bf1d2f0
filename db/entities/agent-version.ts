import { defineEntity, p } from '@mikro-orm/core';
import type { AgentDefinition } from '../../contracts/agents/agent.ts';
import { Agent } from './agent.ts';
import { Workspace } from './workspace.ts';

/** What was published: never changed after its insert, so that a run can be pinned to it. */
export const AgentVersion = defineEntity({
  name: 'AgentVersion',
  tableName: 'agent_versions',
  uniques: [{ name: 'agent_versions_number_unique', properties: ['agent', 'number'] }],
  properties: {
    id: p.text().primary(),
    workspace: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace').deleteRule('cascade'),
    agent: () => p.manyToOne(Agent).mapToPk().fieldName('agent').deleteRule('cascade'),
    number: p.integer(),
    /** sha-256 of the definition's canonical JSON. */
    hash: p.text(),
    definition: p.json().$type<AgentDefinition>(),
    /** What its publisher says about it. */
    note: p.text().nullable(),
    createdBy: p.text().nullable(),
    createdAt: p.datetime(3),
  },
});
