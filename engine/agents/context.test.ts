import { describe, expect, it } from '@jest/globals';
import type { ChatMessage } from '../../contracts/models/chat.ts';
import { cutOf, tokensOfMessages, withEveryResult } from './context.ts';

const user: ChatMessage = { role: 'user', content: 'x'.repeat(300) };
const calls = (...ids: string[]): ChatMessage => ({
  ...{ role: 'assistant', content: '' },
  toolCalls: ids.map((id) => ({ id, name: 'get', arguments: '{}' })),
});
const result = (id: string): ChatMessage => ({
  ...{ role: 'tool', toolCallId: id, name: 'get', content: 'y'.repeat(600) },
});

describe('where a context is cut', () => {
  const messages = [user, calls('a', 'b'), result('a'), result('b'), user, calls('c'), result('c'), user];

  it.each([100, 300, 500, 700, 900, 1_500])('a call and its results stay together at %d tokens', (limit) => {
    const cut = cutOf(messages, limit);
    if (cut !== undefined) expect(messages[cut]?.role).not.toBe('tool');
  });

  it('the newest stays, and something goes', () => {
    const cut = cutOf(messages, tokensOfMessages(messages) - 1);
    expect(cut).toBeGreaterThan(1);
    expect(cut).toBeLessThan(messages.length);
  });

  it('nowhere, when one message is all there is', () => {
    expect(cutOf([user], 10)).toBeUndefined();
    expect(cutOf([user, user], 10)).toBeUndefined();
  });
});

it('a call that was cut off gets a result, in its place', () => {
  const whole = withEveryResult([user, calls('a', 'b'), result('a')], 'Stopped.');
  expect(whole.map(({ role }) => role)).toEqual(['user', 'assistant', 'tool', 'tool']);
  expect(whole.filter(({ role, content }) => role === 'tool' && content === 'Stopped.')).toHaveLength(1);
});
