/**
 * An agent works for a long time with an automation, HTTP operations from an OpenAPI document and another agent, asks for an approval and
 * hands over, while its worker gets kill -9 again and again. It comes to the right end, and what touches the world was done once for
 * each key, or again with the same key when it was in flight.
 *
 * 24 rounds and two kills here; HIVIEX_DRILL=full: 100 rounds (200 steps) and eight kills.
 */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { readOpenApi } from '../api/agents/read-openapi.ts';
import { eventually } from '../api/testing/eventually.ts';
import type { AgentRunResult } from '../contracts/agents/run.ts';
import { addresses } from '../contracts/run-message.ts';
import { drawGraph } from '../engine/run/test-graphs.ts';
import { startAgentRun } from '../runs/agents/start-agent-run.ts';
import { messageRun } from '../runs/message-run.ts';
import { describeWithKills } from '../scripts/stack/test-tools.ts';
import { openedHistory } from './replay/opened-history.ts';
import type { Member } from './storm/member.ts';
import { publishAgent } from './support/publish-agent.ts';
import { type ScriptedModel, startScriptedModel } from './support/scripted-model.ts';
import { type StubServer, startStub } from './support/stub-server.ts';
import { startWorkersApart, type WorkersApart } from './support/workers-apart.ts';

const isFull = process.env.HIVIEX_DRILL === 'full';
const { rounds, kills } = isFull ? { rounds: 100, kills: 8 } : { rounds: 24, kills: 2 };
const approvalAt = Math.floor(rounds / 2);
const handOffAt = Math.floor((rounds * 3) / 4);

describeWithKills('An agent whose worker is killed', () => {
  let apart: WorkersApart;
  let worker: Member;
  let stub: StubServer;
  let models: ScriptedModel;

  beforeAll(async () => {
    apart = await startWorkersApart();
    worker = await apart.worker();
    models = await startScriptedModel(apart.db, apart.workspace);
    stub = await startStub({ delayMs: () => 150 });
  }, 180_000);
  afterAll(async () => {
    await apart?.close();
    await models?.stop();
    await stub?.close();
  }, 60_000);

  /** What the agent does, by how much it has done: the same whenever it is asked again. */
  const next = (messages: { role: string }[]) => {
    const n = messages.filter(({ role }) => role === 'tool').length;
    const id = `call-${n}`;
    if (n >= rounds) return `Done after ${n}.`;
    if (n === approvalAt) return { calls: [{ name: 'approve', args: { n }, id }] };
    if (n === handOffAt) return { calls: [{ name: 'expert', args: { message: 'Go on.' }, id }] };
    const [name, args] = (
      [
        ['double', { n }],
        ['createOrder', { body: { n } }],
        ['helper', { message: `Round ${n}` }],
      ] as const
    )[n % 3]!;
    return { calls: [{ name, args, id }] };
  };

  it('comes to the right end, and does each thing once', async () => {
    const { db, workspace, client: temporal } = apart;
    const automation = await apart.publish(
      'Double',
      drawGraph(
        [
          ['Called', 'sub-automation-trigger', { fields: [{ name: 'n', type: 'number' }] }],
          ['Double', 'edit-fields', { assignments: [{ name: 'n', value: '={{ $json.n * 2 }}' }] }],
        ],
        ['Called > Double'],
      ),
    );
    const document = {
      openapi: '3.1.0',
      servers: [{ url: stub.url }],
      paths: {
        '/orders': {
          post: {
            operationId: 'createOrder',
            requestBody: { content: { 'application/json': { schema: { type: 'object' } } } },
          },
        },
      },
    };
    models.script('front', next);
    models.script('expert', next);
    models.script('helper', (messages) => `Helped with ${String(messages.at(-1)?.content)}`);
    const helper = await publishAgent(db, workspace, 'Helper', {
      ...{ instructions: 'You are #helper.', model: models.model },
    });
    const tools = [
      { kind: 'automation', name: 'double', automation: automation.id },
      ...readOpenApi(JSON.stringify(document)).tools.map((tool) => ({ ...tool, approval: 'allow' })),
      { kind: 'agent', name: 'helper', agent: helper },
    ];
    const shared = { model: models.model, limits: { steps: 1_000 } };
    const expert = await publishAgent(db, workspace, 'Expert', {
      ...{ ...shared, tools, instructions: 'You are #expert.' },
    });
    const front = await publishAgent(db, workspace, 'Front', {
      ...{ ...shared, instructions: 'You are #front.' },
      tools: [
        ...tools,
        { kind: 'code', name: 'approve', approval: 'ask', code: 'return [{ approved: true }]' },
        { kind: 'agent', name: 'expert', agent: expert, mode: 'hand-off' },
      ],
    });
    const { run, workflowId } = await startAgentRun(
      { db, temporal },
      {
        ...{ workspace, agent: { id: front, name: 'Front' }, version: { id: '', number: 0 } },
        ...{ trigger: 'api', messages: [{ role: 'user', content: 'Work.' }] },
      },
    );
    const handle = temporal.workflow.getHandle<() => Promise<AgentRunResult>>(workflowId);
    const result = handle.result();

    const asked = () => models.asked('front').length + models.asked('expert').length;
    const killAt = async (calls: number) => {
      while (asked() < calls) await new Promise((resolve) => setTimeout(resolve, 20));
      await worker.kill();
    };
    // In the middle of a call, a tool, an approval: wherever it is.
    for (let kill = 1; kill < kills; kill++) {
      await killAt(Math.floor((approvalAt * kill) / kills));
      await worker.start();
    }
    await eventually(
      () => db.inWorkspace(workspace, ({ agentRuns }) => agentRuns.get(run)),
      (record) => record?.state === 'waiting',
    );
    // Nobody is there when the decision comes.
    await worker.kill();
    await messageRun(
      { db, temporal },
      { workspace, run, agent: front },
      {
        ...{ id: 'd1', to: addresses.step(`call-${approvalAt}`, approvalAt) },
        body: { approver: 'user:ana', name: 'Ana', decision: 'approved', comment: '', fields: {} },
      },
    );
    await worker.start();

    const end = await result;
    expect(end).toMatchObject({ status: 'succeeded', text: `Done after ${rounds}.`, agent: { id: expert } });
    expect(end.steps).toBe(2 * rounds + 1);
    const given = end.messages.flatMap((message) => (message.role === 'tool' ? [message.content] : []));
    expect(given).toHaveLength(rounds);
    given.forEach((content, n) => {
      const expected =
        n === approvalAt
          ? '"approved":true'
          : n === handOffAt
            ? 'Expert has taken over'
            : [`"n":${n * 2}`, '', `Helped with Round ${n}`][n % 3]!;
      expect(content).toContain(expected);
    });

    const orders = Array.from({ length: rounds }, (_, n) => n).filter(
      (n) => n % 3 === 1 && n !== approvalAt && n !== handOffAt,
    );
    const keys = stub.requests.map(({ key }) => key ?? '');
    expect(new Set(keys)).toEqual(new Set(orders.map((n) => `${run}:${n}:call-${n}`)));
    // Sent again only what was in flight when its worker was killed: at most one a kill.
    expect(keys.length - orders.length).toBeLessThanOrEqual(kills);

    // An operator reads in the Temporal UI what each step is.
    const [codec] = temporal.options.loadedDataConverter.payloadCodecs;
    const { events } = await openedHistory(await handle.fetchHistory(), codec!);
    const labels = events?.map(({ userMetadata }) =>
      Buffer.from(userMetadata?.summary?.data ?? []).toString(),
    );
    expect(labels).toEqual(expect.arrayContaining([`"Expert · step ${rounds - 1}"`]));

    // Every call is paid for, and nothing stays reserved.
    const open = await db.sql.query('select 1 from model_calls where state = $1', ['open']);
    expect(open).toEqual([]);
  }, 900_000);
});
