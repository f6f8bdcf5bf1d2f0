import { describe, expect, it } from '@jest/globals';
import { findNodeType } from '../../../../../contracts/catalogue/index.ts';
import { fieldsOf } from '../../../../../contracts/field.ts';
import {
  expressionBody,
  expressionValue,
  fixedValue,
  newEntry,
  shownFields,
  typedValue,
  valueAt,
  withValueAt,
} from './form-values.ts';

const fields = (type: string) => fieldsOf(findNodeType(type)!.parameters);
const names = (type: string, values: Parameters<typeof shownFields>[1]) =>
  shownFields(fields(type), values).map(({ name }) => name);

describe('values by path', () => {
  it('replaces one value and shares the rest', () => {
    const before = { a: [{ b: 1 }, { b: 2 }], other: { x: 1 } };
    const after = withValueAt(before, ['a', 1, 'b'], 3);
    expect(after).toEqual({ a: [{ b: 1 }, { b: 3 }], other: { x: 1 } });
    expect(after.other).toBe(before.other);
    expect(before.a[1]!.b).toBe(2);
    expect(valueAt(after, ['a', 1, 'b'])).toBe(3);
  });

  it('makes what is missing on the way', () => {
    expect(withValueAt({}, ['a', 'b'], 1)).toEqual({ a: { b: 1 } });
    expect(valueAt({}, ['a', 0, 'b'])).toBeUndefined();
  });
});

describe('shownFields', () => {
  it('looks at defaults where nothing is set', () => {
    expect(names('edit-fields', {})).toContain('assignments');
    expect(names('edit-fields', {})).not.toContain('json');
    expect(names('edit-fields', { mode: 'json' })).toContain('json');
  });

  it('hides the right side of a condition that compares with nothing', () => {
    const entry = fields('if').find(({ name }) => name === 'conditions')!.fields!;
    const shown = (operator: string) => shownFields(entry, { operator }).map(({ name }) => name);
    expect(shown('number.gt')).toEqual(['left', 'operator', 'right']);
    expect(shown('any.exists')).toEqual(['left', 'operator']);
  });
});

describe('expressions', () => {
  it('are stored with a leading = and edited without', () => {
    expect(expressionValue('{{ $json.a }}')).toBe('={{ $json.a }}');
    expect(expressionValue('={{ $json.a }}')).toBe('={{ $json.a }}');
    expect(expressionBody('={{ $json.a }}')).toBe('{{ $json.a }}');
    expect(expressionBody('plain')).toBe('plain');
  });

  it('begin where {{ is typed', () => {
    expect(typedValue('hello {{')).toBe('=hello {{');
    expect(typedValue('hello {')).toBe('hello {');
  });

  it('become fixed again with what can be kept', () => {
    expect(fixedValue({ control: 'text' }, '=hello')).toBe('hello');
    expect(fixedValue({ control: 'number', defaultValue: 5 }, '={{ 1 }}')).toBe(5);
    expect(fixedValue({ control: 'number', defaultValue: 5 }, '=12')).toBe(12);
    expect(fixedValue({ control: 'select', defaultValue: 'GET' }, '={{ $json.m }}')).toBe('GET');
  });
});

describe('newEntry', () => {
  it('has the defaults of its fields', () => {
    expect(newEntry(fields('edit-fields').find(({ name }) => name === 'assignments')!.fields!)).toEqual({
      name: '',
      type: 'any',
      value: '',
    });
  });
});
