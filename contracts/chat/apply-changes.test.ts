import { describe, expect, it } from '@jest/globals';
import { applyBatch, applyChanges, type GrowingAnswer } from './apply-changes.ts';
import type { MessagePart, ToolPart, WrittenBy } from './message.ts';
import type { AnswerChange } from './stream.ts';

const empty: GrowingAnswer = { seq: 0, state: 'queued', parts: [] };
const by = (step: number, attempt = 1, run = 'r'): WrittenBy => ({ run, step, attempt });
const text = (of: WrittenBy, delta: string): AnswerChange => ({ kind: 'text', by: of, delta });
const tool = (of: WrittenBy, state: ToolPart['state'], call = 'c'): AnswerChange => ({
  kind: 'part',
  part: { type: 'tool', call, name: 'search', arguments: '{}', state, by: of },
});
const shown = ({ parts }: GrowingAnswer) =>
  parts.map((part: MessagePart) =>
    'text' in part ? part.text : part.type === 'tool' ? part.state : part.type,
  );

describe('applyChanges', () => {
  it('puts text behind text of the same attempt, and begins a part for anything else', () => {
    const changes: AnswerChange[] = [
      { kind: 'reasoning', by: by(0), delta: 'Hm' },
      { kind: 'reasoning', by: by(0), delta: '.' },
      text(by(0), 'Hel'),
      text(by(0), 'lo'),
      { kind: 'part', part: { type: 'note', code: 'fallback', text: 'Another model goes on.', by: by(0) } },
      text(by(0), '!'),
      text(by(1), 'Bye'),
    ];
    expect(shown(applyChanges(empty, changes))).toEqual([
      'Hm.',
      'Hello',
      'Another model goes on.',
      '!',
      'Bye',
    ]);
    expect(empty.parts).toEqual([]);
  });

  it('takes away what earlier attempts of a step wrote, and what came of them, but nothing of others', () => {
    const changes = [
      text(by(0), 'first'),
      text(by(0, 1, 'other'), 'theirs'),
      text(by(1), 'hal'),
      tool(by(1), 'running'),
      text(by(2), 'of a past that is no more'),
      { kind: 'begin', by: by(1, 2) } as const,
      text(by(1, 2), 'whole'),
    ];
    expect(shown(applyChanges(empty, changes))).toEqual(['first', 'theirs', 'whole']);
  });

  it('keeps a tool call in its place as it goes on, also when another step has a call of that id', () => {
    const changes = [
      tool(by(0), 'running'),
      tool(by(0), 'running', 'd'),
      tool(by(1), 'running'),
      tool(by(0, 2), 'succeeded'),
    ];
    expect(shown(applyChanges(empty, changes))).toEqual(['succeeded', 'running', 'running']);
  });

  it('ends with a state and what ended it', () => {
    const failure = { code: 'model-timeout', message: 'It said nothing.' };
    expect(applyChanges(empty, [{ kind: 'state', state: 'failed', failure }])).toMatchObject({
      state: 'failed',
      failure,
    });
  });
});

describe('applyBatch', () => {
  const batch = (seq: number) => ({ seq, changes: [text(by(0), `${seq}`)] });

  it('takes each batch once, in order, and says when one is missing', () => {
    const one = applyBatch(empty, batch(1))!;
    expect(applyBatch(one, batch(1))).toBe(one);
    expect(applyBatch(one, batch(3))).toBeUndefined();
    expect(applyBatch(one, batch(2))).toMatchObject({ seq: 2, parts: [{ text: '12' }] });
  });
});
