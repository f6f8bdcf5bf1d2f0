import { defineEntity, p } from '@mikro-orm/core';
import type { AgentRunState, AgentRunTrigger } from '../../contracts/agents/run.ts';
import type { JsonValue } from '../../contracts/json.ts';
import type { TokenUsage } from '../../contracts/models/usage.ts';
import type { Failure } from '../../contracts/run.ts';
import { Workspace } from './workspace.ts';

/** The record of a run of an agent. The truth is the workflow; whoever writes here may do it twice. */
export const AgentRun = defineEntity({
  name: 'AgentRun',
  tableName: 'agent_runs',
  indexes: [
    { name: 'agent_runs_by_start', properties: ['workspace', 'startedAt', 'id'] },
    { name: 'agent_runs_by_agent', properties: ['workspace', 'agent', 'startedAt', 'id'] },
    // Partial, so that the reconciler's question costs what is open, not what ever ran.
    {
      name: 'agent_runs_open',
      properties: ['updatedAt'],
      expression: `create index "agent_runs_open" on "agent_runs" ("updated_at") where finished_at is null`,
    },
    { name: 'agent_runs_by_end', properties: ['finishedAt'] },
    {
      name: 'agent_runs_by_conversation',
      properties: ['workspace', 'conversation'],
      expression:
        'create index "agent_runs_by_conversation" on "agent_runs" ("workspace", "conversation") where conversation is not null',
    },
    {
      name: 'agent_runs_by_parent',
      properties: ['workspace', 'parent'],
      expression:
        'create index "agent_runs_by_parent" on "agent_runs" ("workspace", "parent") where parent is not null',
    },
  ],
  properties: {
    id: p.text().primary(),
    workspace: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace').deleteRule('cascade'),
    /** No foreign key: what happened stays when the agent goes. */
    agent: p.text(),
    agentName: p.text(),
    /** '' for a draft. */
    version: p.text(),
    versionNumber: p.integer(),
    trigger: p.text().$type<AgentRunTrigger>(),
    state: p.text().$type<AgentRunState>(),
    workflowId: p.text(),
    /** Id of the user it acts for. */
    startedBy: p.text().nullable(),
    conversation: p.text().nullable(),
    /** The run that called this one: `agent:<run>` or `automation:<run>`. */
    parent: p.text().nullable(),
    steps: p.integer().default(0),
    usage: p.json().$type<TokenUsage>().nullable(),
    cost: p.bigint('number').nullable(),
    text: p.text().nullable(),
    output: p.json().$type<JsonValue>().nullable(),
    failure: p.json().$type<Failure>().nullable(),
    startedAt: p.datetime(3),
    updatedAt: p.datetime(3),
    finishedAt: p.datetime(3).nullable(),
  },
});
