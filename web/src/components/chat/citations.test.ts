import { expect, it } from '@jest/globals';
import type { Citation, MessagePart } from '../../../../contracts/chat/message.ts';
import { citedIn, withNumbers } from './citations.ts';

const citation = (id: string): Citation => ({
  ...{ id, base: 'b', document: 'd', name: 'a.pdf', position: 0, headings: [], text: 'A passage.' },
});
const found: MessagePart = {
  ...{ type: 'tool', call: 'c', name: 'search', arguments: '{}', state: 'succeeded' },
  citations: [citation('k00000a'), citation('k00000b'), citation('k00000c')],
};

it('numbers what the text names, in the order in which it does', () => {
  const text = 'It is so [k00000b]. And so [k00000a, k00000b].';
  const cited = citedIn([found, { type: 'text', text }]);
  expect(cited.citations.map(({ id }) => id)).toEqual(['k00000b', 'k00000a']);
  expect(withNumbers(text, cited)).toBe('It is so [1]. And so [2][1].');
});

it('takes away what the model made up, and leaves alone what is no citation', () => {
  const text = 'Known [k00000a], made up [kffffff], a [link](https://example.com) and an array[k].';
  const cited = citedIn([found, { type: 'text', text }]);
  expect(withNumbers(text, cited)).toBe(
    'Known [1], made up , a [link](https://example.com) and an array[k].',
  );
});

it('does nothing to an answer without sources', () => {
  const text = 'Nothing was found [k00000a].';
  const cited = citedIn([{ type: 'text', text }]);
  expect([cited.citations, withNumbers(text, cited)]).toEqual([[], text]);
});
