import { expect, it } from '@jest/globals';
import type { Message } from '../../../../../contracts/api/conversations.ts';
import { textOf } from '../../../../../contracts/chat/message.ts';
import type { AnswerBatch } from '../../../../../contracts/chat/stream.ts';
import { type Branch, emptyBranch, takeBatch, takeLatest, takeMessage, takeOlder } from './branch.ts';

const by = { run: 'r', step: 0, attempt: 1 };

function message(id: string, parent?: string, text = '', seq = 0): Message {
  return {
    ...{ id, conversation: 'c', role: 'assistant', state: 'running', seq, siblings: [id] },
    ...(parent && { parent }),
    parts: text === '' ? [] : [{ type: 'text', text, by }],
    createdAt: '2026-01-01T00:00:00Z',
  };
}

const batch = (of: string, seq: number, delta: string): AnswerBatch => ({
  ...{ conversation: 'c', message: of, seq },
  changes: [{ kind: 'text', by, delta }],
});

const texts = ({ messages }: Branch) => messages.map(({ parts }) => textOf(parts));
const ids = ({ messages }: Branch) => messages.map(({ id }) => id).join(' ');

it('gives each piece of an answer once, in whichever order the API and the socket tell of it', () => {
  let branch = takeBatch(emptyBranch, batch('a', 1, 'one ')).branch;
  branch = takeBatch(branch, batch('a', 2, 'two ')).branch;
  // Asked for after the first piece, answered after the second was told.
  branch = takeLatest(branch, { items: [message('a', undefined, 'one ', 1)] });
  expect(texts(branch)).toEqual(['one two ']);
  branch = takeBatch(branch, batch('a', 2, 'two ')).branch;
  branch = takeBatch(branch, batch('a', 3, 'three')).branch;
  branch = takeLatest(branch, { items: [message('a', undefined, 'one two ', 2)] });
  expect(texts(branch)).toEqual(['one two three']);
});

it('asks again when a piece is missing, and loses nothing that came meanwhile', () => {
  let branch = takeLatest(emptyBranch, { items: [message('a', undefined, 'one ', 1)] });
  const gap = takeBatch(branch, batch('a', 3, 'three '));
  expect(gap.missing).toBe(true);
  expect(texts(gap.branch)).toEqual(['one ']);
  branch = takeBatch(gap.branch, batch('a', 4, 'four')).branch;
  branch = takeMessage(branch, message('a', undefined, 'one two ', 2));
  expect(texts(branch)).toEqual(['one two three four']);
  expect(branch.early).toEqual({});
});

it('keeps what leads to the end when that grows, and takes another branch from where they part', () => {
  let branch = takeLatest(emptyBranch, {
    items: [message('b', 'a'), message('c', 'b')],
    nextCursor: 'before-b',
  });
  branch = takeOlder(branch, { items: [message('root'), message('a', 'root')] });
  expect([ids(branch), branch.before]).toEqual(['root a b c', undefined]);
  branch = takeLatest(branch, { items: [message('c', 'b'), message('d', 'c')], nextCursor: 'before-c' });
  expect([ids(branch), branch.before]).toEqual(['root a b c d', undefined]);
  branch = takeLatest(branch, { items: [message('x', 'a'), message('y', 'x')], nextCursor: 'before-x' });
  expect([ids(branch), branch.before]).toEqual(['root a x y', undefined]);
});

it('begins anew when nothing of what it knew leads to the end', () => {
  let branch = takeLatest(emptyBranch, { items: [message('a')] });
  branch = takeLatest(branch, { items: [message('z', 'w')], nextCursor: 'before-z' });
  expect([ids(branch), branch.before]).toEqual(['z', 'before-z']);
});
