import { expect, it } from '@jest/globals';
import { ulid } from 'ulid';
import type { Answerer } from '../../../contracts/chat/conversation.ts';
import { describeDatabases } from '../../testing/describe-databases.ts';
import { createWorkspace } from '../../testing/fixtures.ts';
import type { ChatRepositories } from './index.ts';

const answerer: Answerer = { kind: 'agent', agent: 'a', version: 'v' };
const ana = 'user:ana';
const bea = 'user:bea';

describeDatabases('Conversations', (database) => {
  const at = <T>(workspace: string, work: (chat: ChatRepositories) => Promise<T>) =>
    database().inWorkspace(workspace, ({ chat }) => work(chat));

  async function begun(visibility: 'private' | 'workspace' = 'private') {
    const workspace = await createWorkspace(database());
    const id = await at(workspace, ({ conversations }) =>
      conversations.create({ owner: ana, with: { kind: 'agent', id: 'a' }, visibility }),
    );
    const turn = async (text: string, parent?: string, ids = { question: ulid(), answer: ulid() }) => {
      const added = await at(workspace, ({ messages }) =>
        messages.addTurn({
          conversation: id,
          ...ids,
          author: { person: ana, name: 'Ana' },
          parts: [{ type: 'text', text }],
          parent,
          answerer,
        }),
      );
      return { ...ids, added };
    };
    const end = (message: string) =>
      database().asSystem(({ answers }) =>
        answers.setState(workspace, { conversation: id, message }, { kind: 'state', state: 'succeeded' }),
      );
    const branch = (leaf: string, limit = 50, before?: string) =>
      at(workspace, ({ messages }) => messages.branch(id, leaf, { limit, before, reader: ana }));
    return { workspace, id, turn, end, branch };
  }

  it('are a tree: an edit and a new try stand beside what they replace, and a branch is read from its leaf', async () => {
    const { workspace, id, turn, branch } = await begun();
    const first = await turn('one');
    const second = await turn('two', first.answer);
    const edited = await turn('two, better', first.answer);
    const again = ulid();
    const question = await at(workspace, ({ messages }) =>
      messages.addAnswer(id, second.answer, again, answerer),
    );
    expect(question).toBe(second.question);

    const ids = async (leaf: string) => (await branch(leaf))?.items.map((message) => message.id);
    expect(await ids(edited.answer)).toEqual([
      ...[first.question, first.answer, edited.question, edited.answer],
    ]);
    expect(await ids(again)).toEqual([first.question, first.answer, second.question, again]);
    const shown = (await branch(again))!.items;
    expect(shown[2]!.siblings).toEqual([second.question, edited.question]);
    expect(shown[3]!.siblings).toEqual([second.answer, again]);
    expect(shown[0]).toMatchObject({
      role: 'user',
      author: { id: 'ana', name: 'Ana' },
      siblings: [first.question],
    });

    const conversation = await at(workspace, ({ conversations }) => conversations.get(id, ana));
    expect(conversation).toMatchObject({ leaf: again, busy: true, mine: true });
    expect(await at(workspace, ({ messages }) => messages.leafOf(id, edited.question))).toBe(edited.answer);
    expect(await at(workspace, ({ messages }) => messages.leafOf(id, 'nobody'))).toBeUndefined();
    expect(await branch('nobody')).toBeUndefined();
  });

  it('give a long branch in pages, the newest first', async () => {
    const { turn, branch } = await begun();
    const all: string[] = [];
    for (let position = 0; position < 4; position++) {
      const { question, answer } = await turn(`${position}`, all.at(-1));
      all.push(question, answer);
    }
    const seen: string[] = [];
    let before: string | undefined;
    do {
      const page = await branch(all.at(-1)!, 3, before);
      seen.unshift(...page!.items.map(({ id }) => id));
      before = page!.before;
    } while (before !== undefined);
    expect(seen).toEqual(all);
  });

  it('take a message that is sent twice once, and no other under its id', async () => {
    const { workspace, turn, branch } = await begun();
    const ids = { question: ulid(), answer: ulid() };
    expect((await turn('hello', undefined, ids)).added).toEqual({ answer: ids.answer, isNew: true });
    const other = { ...ids, answer: ulid() };
    expect((await turn('hello', undefined, other)).added).toEqual({ answer: ids.answer, isNew: false });
    expect((await branch(ids.answer))?.items).toHaveLength(2);

    const foreign = await begun();
    expect((await foreign.turn('stolen', undefined, ids)).added).toBeUndefined();
    expect((await turn('lost', 'no parent')).added).toBeUndefined();
    expect(await at(workspace, ({ messages }) => messages.open('nothing'))).toEqual([]);
  });

  it('take back a turn that was refused', async () => {
    const { workspace, id, turn, branch } = await begun();
    const first = await turn('one');
    const refused = await turn('two', first.answer);
    await at(workspace, ({ messages }) => messages.withdraw(id, [refused.question, refused.answer]));
    expect(await branch(refused.answer)).toBeUndefined();
    expect(await at(workspace, ({ conversations }) => conversations.get(id, ana))).toMatchObject({
      leaf: first.answer,
    });
  });

  it('are shown to who began them, and to all when they are open', async () => {
    const { workspace, id } = await begun();
    const list = async (reader: string) =>
      (await at(workspace, ({ conversations }) => conversations.list(reader, { limit: 10 }))).items;
    expect(await list(ana)).toMatchObject([{ id, mine: true }]);
    expect(await list(bea)).toEqual([]);
    expect(await at(workspace, ({ conversations }) => conversations.get(id, bea))).toBeUndefined();
    await at(workspace, ({ conversations }) => conversations.change(id, { visibility: 'workspace' }));
    expect(await list(bea)).toMatchObject([{ id, mine: false }]);
    const elsewhere = await createWorkspace(database());
    expect(await at(elsewhere, ({ conversations }) => conversations.get(id, ana))).toBeUndefined();
  });

  it('are found by their title and by words of their texts, also words that are only begun', async () => {
    const { workspace, id, turn, end } = await begun();
    const { question, answer } = await turn('Where is the Überraschung of invoice 4711? & | !');
    await end(answer);
    const find = async (search: string) =>
      (await at(workspace, ({ conversations }) => conversations.list(ana, { search, limit: 10 }))).items;
    expect(await find('überr 47')).toMatchObject([{ id, found: { message: question } }]);
    expect((await find('invoice'))[0]?.found?.excerpt).toContain('invoice 4711');
    expect(await find('holiday')).toEqual([]);
    expect(await find("' & !")).toEqual([]);
    await at(workspace, ({ conversations }) => conversations.change(id, { title: '100% mine' }));
    expect(await find('00%')).toMatchObject([{ id, title: '100% mine' }]);
    expect(await find('1_0%')).toEqual([]);
  });

  it('are unread until they are looked at, and again when an answer ends', async () => {
    const { workspace, id, turn, end } = await begun();
    const isUnread = async () =>
      (await at(workspace, ({ conversations }) => conversations.get(id, ana)))?.unread;
    const { answer } = await turn('one');
    expect(await isUnread()).toBe(true);
    await at(workspace, ({ conversations }) => conversations.markRead(id, ana));
    expect(await isUnread()).toBe(false);
    await end(answer);
    expect(await isUnread()).toBe(true);
  });

  it('keep the title that a person gave', async () => {
    const { workspace, id } = await begun();
    const suggest = (title: string) =>
      at(workspace, ({ conversations }) => conversations.suggestTitle(id, title));
    expect(await suggest('By the model')).toBe(true);
    expect(await suggest('Again')).toBe(false);
    await at(workspace, ({ conversations }) => conversations.change(id, { title: 'By Ana' }));
    expect(await at(workspace, ({ conversations }) => conversations.get(id, ana))).toMatchObject({
      title: 'By Ana',
      titledBy: 'person',
    });
  });

  it('have one rating of each reader, who may take it back', async () => {
    const { workspace, id, turn } = await begun();
    const { answer } = await turn('one');
    const rate = (thumb: 'up' | 'down' | null) =>
      at(workspace, ({ rateAnswer }) =>
        rateAnswer({ conversation: id, message: answer, person: ana, name: 'Ana', thumb, comment: 'c' }),
      );
    const rating = async (reader: string) =>
      (await at(workspace, ({ messages }) => messages.get(id, answer, reader)))?.feedback;
    await rate('up');
    await rate('down');
    expect([await rating(ana), await rating(bea)]).toEqual([{ thumb: 'down', comment: 'c' }, undefined]);
    await rate(null);
    expect(await rating(ana)).toBeUndefined();
  });

  it('are shared by links that end when they are revoked, or with the conversation', async () => {
    const { workspace, id, turn } = await begun();
    const { answer } = await turn('one');
    const share = (tokenHash: string) =>
      at(workspace, ({ shareLinks }) =>
        shareLinks.create({ conversation: id, leaf: answer, tokenHash, createdBy: ana }),
      );
    const find = (hash: string) => database().asSystem(({ shareLinks }) => shareLinks.find(hash));
    const [one, two] = [`${id}-1`, `${id}-2`];
    const link = await share(one);
    await share(two);
    expect(await find(one)).toEqual({ id: link.id, workspace, conversation: id, leaf: answer });
    expect(await at(workspace, ({ shareLinks }) => shareLinks.revoke(id, link.id))).toBe(true);
    expect(await at(workspace, ({ shareLinks }) => shareLinks.revoke(id, link.id))).toBe(false);
    expect(await find(one)).toBeUndefined();
    expect(await at(workspace, ({ shareLinks }) => shareLinks.list(id))).toHaveLength(1);
    await at(workspace, ({ conversations }) => conversations.remove(id));
    expect(await find(two)).toBeUndefined();
  });

  it('tell people once of what happened, until they have read it', async () => {
    const workspace = await createWorkspace(database());
    const about = { kind: 'approval', approval: 'x', title: 'May I?' } as const;
    const tell = () =>
      at(workspace, ({ notifications }) =>
        notifications.tell(['ana', 'bea'], { key: 'k', thread: 'approval:x', about }),
      );
    expect((await tell()).toSorted()).toEqual(['ana', 'bea']);
    expect(await tell()).toEqual([]);
    const unread = (person: string) =>
      at(workspace, ({ notifications }) => notifications.countUnread(person));
    const { items } = await at(workspace, ({ notifications }) =>
      notifications.list('ana', { unread: true, limit: 10 }),
    );
    expect(items).toMatchObject([{ about }]);
    await at(workspace, ({ notifications }) =>
      notifications.markRead('ana', [items[0]!.id, 'a "quoted", id']),
    );
    expect([await unread('ana'), await unread('bea')]).toEqual([0, 1]);
    await at(workspace, ({ notifications }) => notifications.markRead('bea'));
    expect(await unread('bea')).toBe(0);
  });
});
