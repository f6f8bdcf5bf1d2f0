import { describe, expect, it } from '@jest/globals';
import { randomId } from './random-id.ts';

describe('randomId', () => {
  it('is 32 hex digits and never the same', () => {
    expect(randomId()).toMatch(/^[0-9a-f]{32}$/);
    expect(randomId()).not.toBe(randomId());
  });
});
