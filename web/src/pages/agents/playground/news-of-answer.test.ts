import { expect, it } from '@jest/globals';
import type { MessagePart } from '../../../../../contracts/chat/message.ts';
import { newsOfAnswer } from './news-of-answer.ts';

const by = (step: number) => ({ run: 'r', step, attempt: 1 });
const call = (state: 'running' | 'waiting' | 'succeeded'): MessagePart => ({
  ...{ type: 'tool', call: 'c', name: 'look', arguments: '{}', state, by: by(0) },
});
const words = (text: string, step: number): MessagePart => ({ type: 'text', text, by: by(step) });
const running = (...parts: MessagePart[]) => newsOfAnswer({ state: 'running', parts });

it('is news when a step begins, a call gets on, or the answer ends; more words are none', () => {
  const told = [
    running(),
    running(words('One', 0)),
    running(words('One moment', 0)),
    running(words('One moment', 0), call('running')),
    newsOfAnswer({ state: 'waiting', parts: [words('One moment', 0), call('waiting')] }),
    running(words('One moment', 0), call('succeeded')),
    running(words('One moment', 0), call('succeeded'), words('So', 1)),
    newsOfAnswer({
      state: 'succeeded',
      parts: [words('One moment', 0), call('succeeded'), words('So it is', 1)],
    }),
  ];
  expect(told[1]).toBe(told[2]);
  expect(new Set(told).size).toBe(told.length - 1);
});
