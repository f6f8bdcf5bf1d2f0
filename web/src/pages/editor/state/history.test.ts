import { describe, expect, it } from '@jest/globals';
import { record, redo, startHistory, undo } from './history.ts';

describe('history', () => {
  it('goes back and forth', () => {
    const history = record(record(startHistory('a'), 'b', undefined, 0), 'c', undefined, 1);
    expect(undo(history).present).toBe('b');
    expect(undo(undo(history)).present).toBe('a');
    expect(undo(undo(undo(history))).present).toBe('a');
    expect(redo(undo(history)).present).toBe('c');
  });

  it('makes one step of edits with one key in quick succession', () => {
    let history = startHistory('');
    for (const [index, text] of ['h', 'he', 'hey'].entries())
      history = record(history, text, 'field', index * 300);
    expect(history.past).toEqual(['']);
    expect(record(history, 'hey!', 'field', 5_000).past).toEqual(['', 'hey']);
    expect(record(history, 'hey!', 'other', 700).past).toEqual(['', 'hey']);
  });

  it('does not join what was undone with what is typed next', () => {
    const typed = record(startHistory(''), 'a', 'field', 0);
    expect(record(undo(typed), 'b', 'field', 100).past).toEqual(['']);
  });

  it('forgets what was undone once something new is done', () => {
    const back = undo(record(startHistory('a'), 'b', undefined, 0));
    expect(redo(record(back, 'c', undefined, 1)).present).toBe('c');
  });

  it('ignores an edit that changes nothing', () => {
    const history = startHistory('a');
    expect(record(history, 'a', undefined, 0)).toBe(history);
  });
});
