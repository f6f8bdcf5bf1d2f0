import { defineEntity, p } from '@mikro-orm/core';
import type { AgentStepState } from '../../contracts/agents/run.ts';
import type { AnsweredBy } from '../../contracts/models/chat.ts';
import type { TokenUsage } from '../../contracts/models/usage.ts';
import type { Failure } from '../../contracts/run.ts';
import { AgentRun } from './agent-run.ts';
import { Workspace } from './workspace.ts';

/** A call to the model (`call` is ''), or one of the tool calls that its answer asked for. */
export const AgentStep = defineEntity({
  name: 'AgentStep',
  tableName: 'agent_steps',
  primaryKeys: ['run', 'step', 'call'],
  properties: {
    run: () => p.manyToOne(AgentRun).mapToPk().primary().fieldName('run').deleteRule('cascade'),
    step: p.integer().primary(),
    call: p.text().primary(),
    workspace: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace').deleteRule('cascade'),
    /** `model`, `summary` (of what was old in the context), or the kind of the tool. */
    kind: p.text(),
    name: p.text(),
    state: p.text().$type<AgentStepState>(),
    /** A later attempt writes over an earlier one, never the other way round. */
    attempt: p.integer(),
    /** Of a tool call, as the model wrote them. */
    arguments: p.text().nullable(),
    /** What the model said or the tool gave, whole: what is too long for the context is read from here. */
    result: p.text().nullable(),
    failure: p.json().$type<Failure>().nullable(),
    approval: p.text().nullable(),
    /** What it started: `run:<id>` or `agent-run:<id>`. */
    child: p.text().nullable(),
    usage: p.json().$type<TokenUsage>().nullable(),
    cost: p.bigint('number').nullable(),
    by: p.json().$type<AnsweredBy>().nullable(),
    startedAt: p.datetime(3),
    finishedAt: p.datetime(3).nullable(),
  },
});
