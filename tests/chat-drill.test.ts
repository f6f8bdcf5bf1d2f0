/**
 * Chats over everything that goes wrong at once: workers get kill -9 while answers stream, tools run and approvals wait; a provider breaks
 * off, another has no quota, another is down; a turn is sent again after who sent it died. Every answer ends as it has to, word for word,
 * and the ledger of calls adds up. The test itself is the API.
 *
 * 12 chats and one kill here; `npm run test:chat-drill`: 200 chats, two workers, kills at random until all is answered.
 */
import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { WorkflowUpdateRPCTimeoutOrCancelledError } from '@temporalio/client';
import { readOpenApi } from '../api/agents/read-openapi.ts';
import { hasEnded, type MessageState, textOf } from '../contracts/chat/message.ts';
import { addresses } from '../contracts/run-message.ts';
import { messageRun } from '../runs/message-run.ts';
import { describeWithKills } from '../scripts/stack/test-tools.ts';
import { answerTo, type DrillProviders, type Script, startProviders } from './chat-drill/providers.ts';
import { judge } from './chat-drill/verdict.ts';
import type { Member } from './storm/member.ts';
import { publishAgent } from './support/publish-agent.ts';
import { type StubServer, startStub } from './support/stub-server.ts';
import { beginTalk, type Talk } from './support/talk.ts';
import { startWorkersApart, type WorkersApart } from './support/workers-apart.ts';

const isFull = process.env.HIVIEX_DRILL === 'full';
const { chats, workers: workerCount } = isFull ? { chats: 200, workers: 2 } : { chats: 12, workers: 1 };

interface Mishap {
  script: Script;
  model: keyof DrillProviders['models'];
  ends: readonly MessageState[];
  /** What the test does to it. */
  act?: 'stop' | 'resend';
}

/** In turns, one for each chat. A stop may come when the last word has. */
const mishaps: Mishap[] = [
  { script: 'stream', model: 'steady', ends: ['succeeded'] },
  { script: 'tool', model: 'steady', ends: ['succeeded'] },
  { script: 'approval', model: 'steady', ends: ['succeeded'] },
  { script: 'stream', model: 'steady', ends: ['stopped', 'succeeded'], act: 'stop' },
  { script: 'cut', model: 'steady', ends: ['succeeded'] },
  { script: 'stream', model: 'limitedThenSteady', ends: ['succeeded'] },
  { script: 'stream', model: 'down', ends: ['failed'] },
  { script: 'stream', model: 'steady', ends: ['succeeded'], act: 'resend' },
];

interface Chat extends Mishap {
  question: string;
  agent: string;
  talk: Talk;
  answer: string;
}

describeWithKills('Chats', () => {
  let apart: WorkersApart;
  let providers: DrillProviders;
  let stub: StubServer;
  const workers: Member[] = [];
  beforeAll(async () => {
    apart = await startWorkersApart();
    providers = await startProviders(apart.db, apart.workspace);
    stub = await startStub({ delayMs: () => 2_000 });
    for (let n = 0; n < workerCount; n++) workers.push(await apart.worker());
  }, 180_000);
  afterAll(async () => {
    await apart?.close();
    await providers?.stop();
    await stub?.close();
  }, 60_000);

  function toolsOf(script: Script): object[] {
    if (script === 'approval')
      return [{ kind: 'code', name: 'approve', approval: 'ask', code: 'return [{ approved: true }]' }];
    if (script !== 'tool') return [];
    const schema = { type: 'object' };
    const { tools } = readOpenApi(
      JSON.stringify({
        ...{ openapi: '3.1.0', servers: [{ url: stub.url }] },
        paths: {
          '/orders': {
            post: {
              operationId: 'createOrder',
              requestBody: { content: { 'application/json': { schema } } },
            },
          },
        },
      }),
    );
    return tools.map((tool) => ({ ...tool, approval: 'allow' }));
  }

  async function begin(n: number, agents: readonly string[]): Promise<Chat> {
    const position = n % mishaps.length;
    const mishap = mishaps[position]!;
    const agent = agents[position]!;
    const { db, client: temporal, workspace } = apart;
    const talk = await beginTalk({ db, temporal }, workspace, agent);
    const question = `Question ${n}`;
    const answer = await talk.write(question);
    return { ...mishap, question, agent, talk, answer };
  }

  /** As callers do: when it is not known whether a turn was taken, it is sent again. */
  async function sendUntilTaken({ talk, answer }: Chat): Promise<void> {
    for (;;)
      try {
        await talk.send(answer);
        return;
      } catch (error) {
        if (!(error instanceof WorkflowUpdateRPCTimeoutOrCancelledError)) throw error;
      }
  }

  const lookAt = ({ talk, answer }: Chat) => talk.read(answer);

  /** What people do meanwhile, whoever lives: they stop, and approve what waits. */
  async function attend(chat: Chat): Promise<boolean> {
    const { act, script, answer, agent, talk } = chat;
    const { state, parts } = await lookAt(chat);
    if (hasEnded(state)) return true;
    if (act === 'stop' && textOf(parts) !== '') await talk.stop().catch(() => undefined);
    if (script !== 'approval' || state !== 'waiting') return false;
    const { db, client: temporal, workspace } = apart;
    await messageRun(
      { db, temporal },
      { workspace, run: answer, agent },
      {
        ...{ id: 'd1', to: addresses.step('call-0', 0) },
        body: { approver: 'user:ana', name: 'Ana', decision: 'approved', comment: '', fields: {} },
      },
    );
    return false;
  }

  async function attendAll(all: readonly Chat[]): Promise<void> {
    for (let open = [...all]; open.length > 0; await sleep(250)) {
      const ended = await Promise.all(open.map(attend));
      open = open.filter((_, position) => !ended[position]);
    }
  }

  async function kill(worker: Member): Promise<void> {
    await worker.kill();
    await worker.start();
  }

  it('are answered to the end, each word once', async () => {
    const { db, workspace } = apart;
    await db.inWorkspace(workspace, ({ models }) =>
      models.budgets.create({ scope: 'workspace', unit: 'tokens', limit: 1_000_000_000, period: 'total' }),
    );
    const agents = await Promise.all(
      mishaps.map(({ script, model }, n) =>
        publishAgent(db, workspace, `Agent ${n}`, {
          ...{ instructions: `You are #${script}.`, model: providers.models[model] },
          tools: toolsOf(script),
        }),
      ),
    );
    const all: Chat[] = [];
    for (let n = 0; n < chats; n++) all.push(await begin(n, agents));
    await Promise.all(all.map(sendUntilTaken));
    const attended = attendAll(all);
    let isOver = false;
    void attended.finally(() => {
      isOver = true;
    });

    const streaming = all.find(({ script, act }) => script === 'stream' && act === undefined)!;
    while (textOf((await lookAt(streaming)).parts) === '') await sleep(20);
    await kill(workers[0]!);
    const again = all.filter(({ act }) => act === 'resend');
    await Promise.all(again.map(sendUntilTaken));
    while (isFull && !isOver) {
      await sleep(randomInt(8_000, 20_000));
      if (!isOver) await kill(workers[randomInt(workers.length)]!);
    }
    await attended;

    const verdict = await judge(
      db,
      await Promise.all(
        all.map(async (chat) => ({
          message: await lookAt(chat),
          expected: { question: chat.question, states: chat.ends },
        })),
      ),
    );
    process.stdout.write(`${JSON.stringify(verdict)}\n`);
    expect(verdict).toEqual({
      ...{ turns: chats, stuck: 0, duplicated: 0, missing: 0, doubled: 0 },
      ...{ ledgerDrift: 0, reservations: 0 },
    });
    const messages = await Promise.all(all.map(lookAt));
    for (const [position, { state, parts }] of messages.entries())
      if (state === 'succeeded') expect(textOf(parts)).toBe(answerTo(all[position]!.question));
    expect(messages.some(({ state }) => state === 'stopped')).toBe(true);
    // What touches the world was asked for by one key for each chat, however often its worker died.
    const tools = all.filter(({ script }) => script === 'tool').map(({ answer }) => `${answer}:0:call-0`);
    expect(new Set(stub.requests.map(({ key }) => key))).toEqual(new Set(tools));
  }, 3_600_000);
});
