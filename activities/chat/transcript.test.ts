import { describe, expect, it } from '@jest/globals';
import type { MessagePart } from '../../contracts/chat/message.ts';
import { transcriptOf } from './transcript.ts';

const by = (step: number) => ({ run: 'r', step, attempt: 1 });
const call = (id: string, step: number, more: object): MessagePart => ({
  ...{ type: 'tool', call: id, name: 'search', arguments: '{}', state: 'succeeded', by: by(step) },
  ...more,
});
const read = (role: 'user' | 'assistant', ...parts: MessagePart[]) => ({ role, parts });
const text = (said: string, step = 0): MessagePart => ({ type: 'text', text: said, by: by(step) });

describe('transcriptOf', () => {
  it('gives steps with their calls, each followed by what came of them', () => {
    const answer = read(
      'assistant',
      { type: 'reasoning', text: 'Hm.', by: by(0) },
      text('I look.'),
      call('a', 0, { result: { found: 1 } }),
      call('b', 0, { state: 'failed', failure: { code: 'x', message: 'No.' } }),
      call('c', 1, { state: 'denied' }),
      { type: 'note', code: 'fallback', text: 'Another model.', by: by(2) },
      text('Found.', 2),
    );
    expect(transcriptOf([answer], new Set(['search']))).toEqual([
      {
        ...{ role: 'assistant', content: 'I look.' },
        toolCalls: ['a', 'b'].map((id) => ({ id, name: 'search', arguments: '{}' })),
      },
      { role: 'tool', toolCallId: 'a', name: 'search', content: '{"found":1}' },
      { role: 'tool', toolCallId: 'b', name: 'search', content: 'It failed: No.' },
      { role: 'assistant', content: '', toolCalls: [{ id: 'c', name: 'search', arguments: '{}' }] },
      { role: 'tool', toolCallId: 'c', name: 'search', content: 'A person refused this call.' },
      { role: 'assistant', content: 'Found.' },
    ]);
  });

  it('leaves out calls of tools that are no more, and answers that said nothing', () => {
    const file: MessagePart = {
      ...{ type: 'file', file: 'f', name: 'a.pdf', mimeType: 'application/pdf', bytes: 3 },
    };
    const zip: MessagePart = { ...file, name: 'a.zip', mimeType: 'application/zip' };
    const messages = [
      read('user', text('Read'), file, zip),
      read('assistant', call('a', 0, { result: 'gone' })),
      read('user', text('Again')),
      read('assistant', text('Done.'), call('b', 0, {})),
    ];
    expect(transcriptOf(messages, new Set())).toEqual([
      // What a model can look at stays a file until it is asked.
      {
        role: 'user',
        content: [file, { type: 'text', text: '[File: a.zip, application/zip, 3 bytes]\n\nRead' }],
      },
      { role: 'user', content: 'Again' },
      { role: 'assistant', content: 'Done.' },
    ]);
  });
});
