/**
 * Runs of agents whose histories are recorded: they report nothing by sinks. Between them they use every way in which such a run gives
 * Temporal a command. The sandbox answers: what it says follows from what it is asked.
 */
import type { WorkflowHandle } from '@temporalio/client';
import { eventually } from '../../api/testing/eventually.ts';
import type { AgentRunState } from '../../contracts/agents/run.ts';
import { addresses } from '../../contracts/run-message.ts';
import { drawGraph } from '../../engine/run/test-graphs.ts';
import { commandAgentRun } from '../../runs/agents/command-agent-run.ts';
import { startAgentRun } from '../../runs/agents/start-agent-run.ts';
import { messageRun } from '../../runs/message-run.ts';
import { publishAgent } from '../support/publish-agent.ts';
import type { GateCase } from './gate-cases.ts';
import type { RunningEngine } from './running-engine.ts';

const asks = { kind: 'ask-human', name: 'ask' };

export const agentCases: GateCase[] = [
  {
    // An approval, then an automation as a child; the answer once more by a schema.
    name: 'agent-approval',
    async record(engine) {
      const automation = await engine.publish(
        'Echo',
        drawGraph([['Called', 'sub-automation-trigger', { fields: [{ name: 'said', type: 'text' }] }]], []),
      );
      const run = await start(engine, 'echo this', {
        tools: [{ kind: 'automation', name: 'echo', automation, approval: 'ask' }],
        output: { type: 'object', properties: { ok: { type: 'boolean' } } },
      });
      await run.decide();
      return await ended(run.handle);
    },
  },
  {
    // Code and a page at once is what the sandbox can't do: one after the other, by what steers it.
    name: 'agent-steered',
    async record(engine) {
      const run = await start(engine, 'ask them', { tools: [asks, code] });
      await run.reached('waiting');
      await run.tell({ kind: 'pause' });
      await run.tell({ kind: 'steer', id: 's1', text: 'now count, please' });
      await run.decide({ answer: 'Yes' });
      await run.reached('paused');
      await run.tell({ kind: 'resume' });
      return await ended(run.handle);
    },
  },
  {
    name: 'agent-stopped',
    async record(engine) {
      const run = await start(engine, 'ask them', { tools: [asks] });
      await run.reached('waiting');
      await run.tell({ kind: 'stop' });
      return await ended(run.handle);
    },
  },
  {
    // A delegated task, and a conversation that is handed over.
    name: 'agent-agents',
    async record(engine) {
      const other = await publishAgent(engine.db, engine.workspace, 'Other');
      const tools = [
        { kind: 'agent', name: 'worker', agent: other },
        { kind: 'agent', name: 'expert', agent: other, mode: 'hand-off' },
      ];
      await ended((await start(engine, 'to the worker', { tools })).handle);
      return await ended((await start(engine, 'to the expert', { tools })).handle);
    },
  },
  {
    name: 'agent-long',
    continueAsNewAfter: 20,
    async record(engine) {
      const run = await start(engine, 'count', { tools: [code, asks] });
      // Whatever comes while it works is another turn.
      for (const id of ['a', 'b', 'c']) await run.tell({ kind: 'steer', id, text: `count ${id}` });
      return await ended(run.handle);
    },
  },
  {
    name: 'agent-limit',
    async record(engine) {
      const run = await start(engine, 'count', { tools: [code], limits: { steps: 1 } });
      return await ended(run.handle);
    },
  },
];

const code = { kind: 'code', name: 'count', code: 'return [{ counted: 1 }]' };

async function start(engine: RunningEngine, content: string, draft: object) {
  const { workspace, db, client: temporal } = engine;
  const agent = await publishAgent(db, workspace, 'Recorded', draft);
  const { run, workflowId } = await startAgentRun(
    { db, temporal },
    {
      ...{ workspace, agent: { id: agent, name: 'Recorded' }, version: { id: '', number: 0 } },
      ...{ trigger: 'api', messages: [{ role: 'user', content }] },
    },
  );
  const reached = (state: AgentRunState) =>
    eventually(
      () => db.inWorkspace(workspace, ({ agentRuns }) => agentRuns.get(run)),
      (record) => record?.state === state,
    );
  return {
    handle: temporal.workflow.getHandle(workflowId),
    reached,
    tell: (command: Parameters<typeof commandAgentRun>[2]) =>
      commandAgentRun({ temporal }, workflowId, command),
    async decide(fields: Record<string, string> = {}) {
      await reached('waiting');
      const [asked] = await db.inWorkspace(workspace, async ({ agentRuns }) =>
        (await agentRuns.steps(run, 100)).filter(({ state }) => state === 'waiting'),
      );
      const { call, step } = asked!;
      const body = { approver: 'user:ana', name: 'Ana', decision: 'approved', comment: '', fields };
      await messageRun(
        { db, temporal },
        { workspace, run, agent },
        { id: 'd1', to: addresses.step(call, step), body },
      );
    },
  };
}

async function ended(handle: WorkflowHandle): Promise<WorkflowHandle> {
  await handle.result().catch(() => undefined);
  return handle;
}
