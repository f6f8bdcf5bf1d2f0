import { expect, it } from '@jest/globals';
import { noUsage } from '../../contracts/models/usage.ts';
import type { Answered } from './answered.ts';
import { OpenAiError } from './openai-error.ts';
import { streamCompletion } from './stream-completion.ts';

const options = {
  head: { id: 'chatcmpl-1', created: 0, model: 'm' },
  ...{ withUsage: false, quietMs: 5 },
  toError: (thrown: unknown) => thrown as OpenAiError,
};
const broken = new OpenAiError({ status: 502, code: 'model-network', message: 'It broke off.' });
const answered: Answered = {
  ...{ text: '', reasoning: '', toolCalls: [], finish: 'stop', usage: noUsage },
  here: { provider: '', model: '', cost: 0, estimated: false },
};

it('fails as an answer of its own before there is anything to send', async () => {
  const asking = { answer: () => Promise.reject(broken) };
  await expect(streamCompletion(asking, { ...options, quietMs: 60_000 })).rejects.toBe(broken);
});

it('shows signs of life while nothing comes, and then what failed', async () => {
  const { promise: answer, reject } = Promise.withResolvers<Answered>();
  const stream = await streamCompletion({ answer: () => answer }, options);
  const said: string[] = [];
  for await (const piece of stream.setEncoding('utf8')) {
    said.push(piece);
    if (said.length === 2) reject(broken);
  }
  expect(said.slice(0, 2).join('')).toMatch(/^(: waiting\n\n)+$/);
  expect(said.at(-1)).toContain(`data: ${JSON.stringify(broken.body)}\n\n`);
});

it('has a first and a last piece also when the answer is empty', async () => {
  const stream = await streamCompletion({ answer: () => Promise.resolve(answered) }, options);
  let said = '';
  for await (const piece of stream.setEncoding('utf8')) said += piece;
  const pieces = said.split('\n\n').filter((piece) => piece.startsWith('data: {'));
  expect(pieces.map((piece) => JSON.parse(piece.slice(6)).choices[0])).toMatchObject([
    { delta: { role: 'assistant' }, finish_reason: null },
    { delta: {}, finish_reason: 'stop' },
  ]);
  expect(said.endsWith('data: [DONE]\n\n')).toBe(true);
});
