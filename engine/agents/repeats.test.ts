import { expect, it } from '@jest/globals';
import { callKey, noteResult, type Repeats, timesOf } from './repeats.ts';

it('the same call is known by its arguments, in whatever order they stand', () => {
  expect(callKey('get', { a: 1, b: [2] })).toBe(callKey('get', { b: [2], a: 1 }));
  expect(callKey('get', { a: 1 })).not.toBe(callKey('get', { a: 2 }));
  expect(callKey('get', {})).not.toBe(callKey('put', {}));
});

it('only the same result in a row counts: a job that is polled moves on', () => {
  const key = callKey('poll', {});
  let repeats: Repeats = {};
  for (const result of ['waiting', 'waiting', 'done']) repeats = noteResult(repeats, key, result);
  expect(timesOf(repeats, key)).toBe(1);
  expect(timesOf(noteResult(repeats, key, 'done'), key)).toBe(2);
});

it('remembers some calls, and forgets the oldest', () => {
  let repeats: Repeats = {};
  for (let n = 0; n < 200; n++) repeats = noteResult(repeats, `call ${n}`, 'same');
  expect(Object.keys(repeats)).toHaveLength(60);
  expect(timesOf(repeats, 'call 199')).toBe(1);
  expect(timesOf(repeats, 'call 0')).toBe(0);
});
