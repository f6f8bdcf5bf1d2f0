import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { pino } from 'pino';
import { ulid } from 'ulid';
import type { Announcement, WaitingStep } from '../../contracts/announcement.ts';
import type { ApprovalQuestion } from '../../contracts/approvals.ts';
import type { BusMessage } from '../../contracts/bus.ts';
import { readConfig } from '../../contracts/config.ts';
import { approvalIdOf, createLocalBus, type Database, openDatabase } from '../../db/index.ts';
import { createWorkspace } from '../../db/testing/fixtures.ts';
import { createMember } from '../../db/testing/people.ts';
import { createMailer, type Mailer } from '../../outbound/mail/index.ts';
import { type Announce, createAnnounce } from './announce.ts';

let db: Database;
let workspace: string;
let mailer: Mailer;
let announce: Announce;
const told: string[] = [];
/** Nothing here asks Temporal. */
const away = Connection.lazy({ address: '127.0.0.1:1', connectTimeout: 200, interceptors: [] });
beforeAll(async () => {
  db = await openDatabase({ dataDir: 'memory://' });
  await db.migrate();
  workspace = await createWorkspace(db);
  const bus = createLocalBus();
  bus.subscribe((message: BusMessage) => {
    if (message.kind === 'notification.changed') told.push(message.person);
  });
  mailer = createMailer(readConfig({}));
  announce = createAnnounce({
    ...{ db, bus, mailer, temporal: new Client({ connection: away }), publicUrl: 'https://hiviex.test' },
    log: pino({ level: 'silent' }),
  });
}, 60_000);
afterAll(async () => {
  await mailer.close();
  await db.close();
  await away.close();
});

function stepOf(run = ulid()): WaitingStep {
  return {
    ...{ workspace, run, node: 'ask', nodeName: 'Ask', index: 0 },
    automation: { id: 'orders', name: 'Orders' },
  };
}
const question = (who: ApprovalQuestion['approvers']): ApprovalQuestion => ({
  ...{ title: 'Pay 144?', text: '', fields: [], items: [], approvers: who },
  ...{ needed: 1, rejections: 1, comment: 'optional', mail: false },
});
const person = async (role: 'operator' | 'member' = 'member') => (await createMember(db, workspace, role)).id;
const unread = async (user: string) =>
  (
    await db.inWorkspace(workspace, ({ chat }) =>
      chat.notifications.list(`user:${user}`, { unread: true, limit: 50 }),
    )
  ).items;
type News = Announcement extends infer One
  ? One extends Announcement
    ? Omit<One, 'step' | 'at'>
    : never
  : never;
const say = (step: WaitingStep, news: News) => announce({ step, at: Date.now(), ...news } as Announcement);

describe('An approval', () => {
  it('is told to each member who is asked, once, and to those who are asked later', async () => {
    const [ana, bea, boss] = [await person('operator'), await person('operator'), await person()];
    const step = stepOf();
    const opened: News = {
      kind: 'approval.opened',
      question: question([
        { kind: 'role', who: 'operator' },
        { kind: 'email', who: 'somebody@elsewhere.example' },
      ]),
    };
    await say(step, opened);
    // The activity runs again after a crash.
    await say(step, opened);
    const about = { kind: 'approval', approval: approvalIdOf(step), title: 'Pay 144?' };
    for (const user of [ana, bea]) expect(await unread(user)).toMatchObject([{ times: 1, about }]);
    expect(told.toSorted()).toEqual([`user:${ana}`, `user:${bea}`].toSorted());
    expect(await unread(boss)).toEqual([]);
    await say(step, { kind: 'approval.escalated', approvers: [{ kind: 'member', who: boss }] });
    expect(await unread(boss)).toMatchObject([{ about }]);

    const decision = {
      approver: `user:${ana}`,
      name: 'Ana',
      decision: 'approved',
      comment: '',
      fields: {},
    } as const;
    await say(step, { kind: 'approval.decided', decision });
    expect([await unread(ana), (await unread(bea)).length]).toEqual([[], 1]);
    await say(step, { kind: 'approval.closed', state: 'approved' });
    expect([await unread(bea), await unread(boss)]).toEqual([[], []]);
  });

  it('of an agent leads who reads the conversation there, and others to the approval', async () => {
    const [ana, bea] = [await person(), await person()];
    const run = ulid();
    const conversation = await db.inWorkspace(workspace, async ({ chat, agentRuns }) => {
      const id = await chat.conversations.create({
        ...{ owner: `user:${ana}`, with: { kind: 'agent', id: 'a' }, visibility: 'private' },
      });
      await agentRuns.begin({
        ...{ run, agent: { id: 'a', name: 'Agent' }, version: { id: 'v', number: 1 }, trigger: 'chat' },
        ...{ workflowId: 'w', startedBy: ana, conversation: id },
      });
      return id;
    });
    const step: WaitingStep = { ...stepOf(run), asker: 'agent' };
    const both = [ana, bea].map((who) => ({ kind: 'member' as const, who }));
    await say(step, { kind: 'approval.opened', question: question(both) });
    const approval = approvalIdOf(step);
    expect((await unread(ana))[0]?.about).toEqual({
      kind: 'approval',
      approval,
      title: 'Pay 144?',
      conversation,
    });
    expect((await unread(bea))[0]?.about).toEqual({ kind: 'approval', approval, title: 'Pay 144?' });
  });
});
