import { expect, it } from '@jest/globals';
import { ulid } from 'ulid';
import type { NotificationAbout } from '../../../contracts/api/notifications.ts';
import type { Answerer } from '../../../contracts/chat/conversation.ts';
import { graph } from '../../../contracts/graph.ts';
import { describeDatabases } from '../../testing/describe-databases.ts';
import { createWorkspace } from '../../testing/fixtures.ts';
import type { ChatRepositories } from './index.ts';
import { threadOf } from './notifications.ts';

const answerer: Answerer = { kind: 'agent', agent: 'a', version: 'v' };
const ana = 'user:ana';
const bea = 'user:bea';

describeDatabases('News of chats', (database) => {
  const at = <T>(workspace: string, work: (chat: ChatRepositories) => Promise<T>) =>
    database().inWorkspace(workspace, ({ chat }) => work(chat));

  async function begun(visibility: 'private' | 'workspace' = 'workspace') {
    const workspace = await createWorkspace(database());
    const conversation = await at(workspace, ({ conversations }) =>
      conversations.create({ owner: ana, with: { kind: 'agent', id: 'a' }, visibility }),
    );
    async function ask(text: string) {
      const [question, answer] = [ulid(), ulid()];
      await at(workspace, ({ messages }) =>
        messages.addTurn({
          ...{ conversation, question, answer, author: { person: ana, name: 'Ana' }, parent: undefined },
          ...{ parts: [{ type: 'text', text }], answerer },
        }),
      );
      const target = { conversation, message: answer };
      const by = { run: answer, step: 0, attempt: 1 };
      await database().asSystem(async ({ answers }) => {
        await answers.open(workspace, target, by, answer);
        const changes = [{ kind: 'text', by, delta: `About ${text}` } as const];
        await answers.append([
          { workspace, message: answer, writer: by, opening: answer, number: 1, changes },
        ]);
      });
      return {
        ...target,
        end: (state: 'succeeded' | 'failed' | 'stopped', asker?: string) =>
          at(workspace, ({ endAnswer }) => {
            const failure = { code: 'no-reply', message: 'It said nothing.' };
            return endAnswer({ target, change: { state, ...(state === 'failed' && { failure }) }, asker });
          }),
      };
    }
    const told = async (person: string) =>
      (await at(workspace, ({ notifications }) => notifications.list(person, { unread: true, limit: 50 })))
        .items;
    const events = async () =>
      (await database().inWorkspace(workspace, (all) => all.events.list({ limit: 50 }))).items;
    return { workspace, conversation, ask, told, events };
  }

  async function listenTo(workspace: string, name: string) {
    const nodes = [
      { id: 'on', name: 'On', type: 'event-trigger', position: { x: 0, y: 0 }, parameters: { name } },
    ];
    await database().inWorkspace(workspace, async ({ automations }) => {
      const draft = graph.parse({ nodes, edges: [] });
      const { id } = await automations.create({ name: 'Listens', description: '', draft });
      await automations.publish(id, { graph: draft, webhooks: [] });
    });
  }

  it('come with the end of an answer: an event where somebody hears it, a notification for who is away, both once', async () => {
    const { workspace, conversation, ask, told, events } = await begun();
    const unheard = await ask('nobody');
    expect(await unheard.end('succeeded')).toMatchObject({ notified: [ana] });
    expect(await events()).toEqual([]);
    await listenTo(workspace, 'chat.*');

    const answer = await ask('penguins');
    const ended = await answer.end('succeeded');
    expect(ended).toMatchObject({
      notified: [ana],
      event: {
        ...{ name: 'chat.answered', told: false, source: { kind: 'system' } },
        data: {
          conversation: { id: conversation },
          question: { text: 'penguins', from: { id: 'ana', name: 'Ana' } },
          answer: { message: answer.message, text: 'About penguins' },
        },
      },
    });
    expect(await answer.end('succeeded')).toBeUndefined();
    // What is said in private is nobody's to read on the page of events.
    const own = await begun('private');
    await listenTo(own.workspace, 'chat.answered');
    const { event } = (await (await own.ask('secrets')).end('succeeded'))!;
    expect(event?.data).toMatchObject({
      conversation: { id: own.conversation },
      question: { from: { id: 'ana' } },
    });
    expect(JSON.stringify(event?.data)).not.toContain('secrets');
    expect((await events()).map(({ id }) => id)).toEqual([ended!.event!.id]);
    // One line for the conversation: it tells of the last answer, and that there are two.
    await at(workspace, ({ conversations }) => conversations.suggestTitle(conversation, 'Birds'));
    expect(await told(ana)).toMatchObject([
      {
        times: 2,
        about: { kind: 'answer', message: answer.message, title: 'Birds', excerpt: 'About penguins' },
      },
    ]);

    const failed = await ask('more');
    expect((await failed.end('failed', bea))?.event).toBeUndefined();
    expect(await told(bea)).toMatchObject([
      { times: 1, about: { state: 'failed', excerpt: 'It said nothing.', code: 'no-reply' } },
    ]);
    expect((await (await ask('enough')).end('stopped'))?.notified).toEqual([]);
  });

  it('are for who looks elsewhere: a browser that is there, and says so, is told by its page', async () => {
    const { workspace, conversation, ask, told } = await begun();
    const look = (socket: string, person: string) =>
      at(workspace, ({ viewers }) => viewers.look({ conversation, socket, person }));
    await look('one', ana);
    await look('two', ana);
    await at(workspace, ({ viewers }) => viewers.leave({ conversation, socket: 'one' }));
    await (await ask('in the second tab')).end('succeeded');
    expect(await told(ana)).toEqual([]);
    // Somebody else looks; her own browser has died.
    await look('three', bea);
    await database().sql.query(
      `update chat_viewers set until = now() - interval '1 second' where socket = 'two'`,
    );
    await database().asSystem(({ viewers }) => viewers.removeOver());
    await (await ask('away')).end('succeeded');
    expect(await told(ana)).toHaveLength(1);
    expect(
      await database().sql.query('select socket from chat_viewers where workspace = $1', [workspace]),
    ).toEqual([{ socket: 'three' }]);
  });

  it('tell what somebody thinks of an answer, when it is something new', async () => {
    const { workspace, conversation, ask, events } = await begun();
    await listenTo(workspace, 'chat.feedback');
    const { message } = await ask('penguins');
    const rate = (thumb: 'up' | 'down' | null, comment = '') =>
      at(workspace, ({ rateAnswer }) =>
        rateAnswer({ conversation, message, person: bea, name: 'Bea', thumb, comment }),
      );
    expect(await rate('down', 'Wrong')).toMatchObject({
      name: 'chat.feedback',
      data: { thumb: 'down', comment: 'Wrong', from: { id: 'bea' }, answer: { message } },
    });
    expect(await rate('down', 'Wrong')).toBeUndefined();
    await rate('up');
    await rate(null);
    expect(await rate(null)).toBeUndefined();
    const thumbs = (await events()).map(({ data }) => (data as { thumb: string | null }).thumb);
    expect(thumbs.toSorted()).toEqual(['down', 'up', null].toSorted());
  });

  it('of a storm are one line until it is read, and count each once, however often they are told', async () => {
    const workspace = await createWorkspace(database());
    const about = (run: string): NotificationAbout => ({
      ...{ kind: 'run-failed', run, automation: { id: 'x', name: 'Orders' }, message: 'Away' },
    });
    const tell = (...marks: string[]) =>
      at(workspace, ({ notifications }) =>
        notifications.tellAll([ana, bea], { marks, thread: 'automation:x', about: about(marks.at(-1)!) }),
      );
    const unread = async () => {
      const filter = { unread: true, limit: 10 };
      const { items } = await at(workspace, ({ notifications }) => notifications.list(ana, filter));
      return items.map(({ times, about }) => [times, (about as { run: string }).run]);
    };
    expect((await tell('01', '02', '03')).toSorted()).toEqual([ana, bea]);
    expect(await tell('01', '02', '03')).toEqual([]);
    // Told again after a crash, with one more.
    await tell('02', '03', '04');
    expect(await unread()).toEqual([[4, '04']]);
    expect(await at(workspace, ({ notifications }) => notifications.settle('automation:x', ana))).toEqual([
      ana,
    ]);
    expect(await tell('04')).toEqual([]);
    expect((await tell('05')).toSorted()).toEqual([ana, bea]);
    expect(await unread()).toEqual([[1, '05']]);
    expect(
      (await at(workspace, ({ notifications }) => notifications.list(bea, { unread: true, limit: 9 }))).items,
    ).toMatchObject([{ times: 5 }]);
  });

  it('go with what they are about, and when they are old', async () => {
    const { workspace, conversation, ask, told } = await begun();
    await (await ask('one')).end('succeeded');
    const thread = threadOf('conversation', conversation);
    expect(await at(workspace, ({ notifications }) => notifications.removeThread(thread))).toEqual([ana]);
    expect(await told(ana)).toEqual([]);
    await (await ask('two')).end('succeeded');
    await database().sql.query(
      `update notifications set created_at = now() - interval '91 days' where workspace = $1`,
      [workspace],
    );
    expect(await database().asSystem(({ notifications }) => notifications.removeOlderThan(90))).toBe(1);
  });
});
