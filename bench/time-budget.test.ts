import { describe, expect, it } from '@jest/globals';
import { readOptions } from './options.ts';
import { expectedSeconds } from './time-budget.ts';

describe('the time that the whole table takes', () => {
  it.each([
    ['alone', []],
    ['beside n8n', ['--peer', 'n8n']],
  ])('is under eight minutes %s', (_, args) => {
    const { seconds, peer } = readOptions(args);
    expect(expectedSeconds({ seconds, withPeer: peer !== undefined })).toBeLessThan(8 * 60);
  });

  it('grows by every round of every contestant', () => {
    const more = { seconds: 2, withPeer: true };
    const less = { seconds: 1, withPeer: true };
    expect(expectedSeconds(more) - expectedSeconds(less)).toBeCloseTo(2 * 3 * 3 * 6);
  });
});
