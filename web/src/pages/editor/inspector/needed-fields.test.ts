import { describe, expect, it } from '@jest/globals';
import { keyValueNode } from '../../../../../contracts/catalogue/key-value.ts';
import { fieldsOf } from '../../../../../contracts/field.ts';
import { neededFields } from './needed-fields.ts';

const needed = (parameters: Record<string, string>) => [
  ...neededFields(keyValueNode, fieldsOf(keyValueNode.parameters), parameters),
];

describe('neededFields', () => {
  it('are those that the check misses, filled in or not', () => {
    expect(needed({})).toEqual(['key']);
    expect(needed({ key: 'orders' })).toEqual(['key']);
  });

  it('follow the other fields: a list of keys needs none', () => {
    expect(needed({ operation: 'list' })).toEqual([]);
  });
});
