import { describe, expect, it } from '@jest/globals';
import { rolesToGive } from './roles-to-give.ts';

describe('rolesToGive', () => {
  it('ends at one’s own role, and never makes an owner', () => {
    expect(rolesToGive('owner')).toEqual(['admin', 'builder', 'operator', 'member', 'viewer']);
    expect(rolesToGive('admin')).toEqual(['admin', 'builder', 'operator', 'member', 'viewer']);
    expect(rolesToGive('operator')).toEqual(['operator', 'member', 'viewer']);
  });
});
