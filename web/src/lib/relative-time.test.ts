import { describe, expect, it } from '@jest/globals';
import { relativeTime } from './relative-time.ts';

describe('relativeTime', () => {
  it('says how far away a moment is', () => {
    expect(relativeTime(0, 180_000, 'en')).toBe('3 minutes ago');
    expect(relativeTime(7_200_000, 0, 'pt')).toBe('em 2 horas');
  });
});
