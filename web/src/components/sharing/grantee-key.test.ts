import { describe, expect, it } from '@jest/globals';
import { granteeOf, keyOf } from './grantee-key.ts';

describe('keyOf and granteeOf', () => {
  it.each([
    [{ type: 'everyone' as const }],
    [{ type: 'user' as const, id: '01J' }],
    [{ type: 'group' as const, id: 'a:b' }],
  ])('are each other’s way back: %j', (whom) => {
    expect(granteeOf(keyOf(whom))).toEqual(whom);
  });
});
