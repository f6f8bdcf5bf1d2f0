import { describe, expect, it } from '@jest/globals';
import { type AgentSaid, createAgentWords } from './agent-words.ts';

type Piece = [step: number, attempt: number, seq: number, text: string];

function heard(pieces: readonly Piece[], texts: readonly string[]) {
  const said: string[] = [];
  const words = createAgentWords((text) => said.push(text));
  for (const [step, attempt, seq, text] of pieces)
    words.hear({ kind: 'agent.said', workspace: 'w', run: 'r', step, attempt, seq, text } as AgentSaid);
  return { whole: words.end(texts), said };
}

describe('words of a run', () => {
  it('are handed on as they come, with a blank line between two answers', () => {
    const pieces: Piece[] = [
      [0, 1, 0, 'I '],
      [0, 1, 1, 'look.'],
      [2, 1, 0, 'Found'],
      [2, 1, 1, ' it.'],
    ];
    expect(heard(pieces, ['I look.', '', 'Found it.'])).toEqual({
      whole: true,
      said: ['I ', 'look.', '\n\nFound', ' it.'],
    });
  });

  it('that went missing come at the end', () => {
    const pieces: Piece[] = [
      [0, 1, 0, 'One '],
      [0, 1, 2, 'three'],
    ];
    expect(heard(pieces, ['One two three'])).toEqual({ whole: true, said: ['One ', 'two three'] });
    expect(heard([], ['All of it'])).toEqual({ whole: true, said: ['All of it'] });
  });

  it('go on where a later attempt says the same, and each once', () => {
    const pieces: Piece[] = [
      [0, 1, 0, 'The answer'],
      [0, 2, 0, 'The '],
      [0, 1, 1, ' of the dead'],
      [0, 2, 1, 'answer is 7'],
    ];
    expect(heard(pieces, ['The answer is 7'])).toEqual({ whole: true, said: ['The answer', ' is 7'] });
  });

  it.each<[string, Piece[]]>([
    [
      'says something else',
      [
        [0, 1, 0, 'Yes'],
        [0, 2, 0, 'No'],
      ],
    ],
    [
      'says less',
      [
        [0, 1, 0, 'Not now'],
        [0, 2, 0, 'No'],
        [1, 1, 0, 'Done'],
      ],
    ],
  ])('are given up where a later attempt %s', (_, pieces) => {
    expect(heard(pieces, ['No', 'Done']).whole).toBe(false);
  });
});
