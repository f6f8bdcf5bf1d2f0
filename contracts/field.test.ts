import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { catalogue } from './catalogue/index.ts';
import { dynamic, dynamicJson, dynamicNumber, dynamicText } from './expression.ts';
import { type FieldMeta, field, fieldsOf, isShown } from './field.ts';
import { text } from './text.ts';

const label = text('Label', 'Rótulo');
const only = (schema: z.ZodType, meta: Partial<FieldMeta> = {}) =>
  fieldsOf(z.object({ it: field(schema, { label, ...meta }) }))[0]!;

describe('fieldsOf', () => {
  it.each<[string, z.ZodType, object]>([
    ['text', z.string(), { control: 'text', dynamic: true, required: true }],
    ['a number', z.number(), { control: 'number', dynamic: false, required: true }],
    ['a number or an expression', dynamicNumber(z.int()), { control: 'number', dynamic: true }],
    ['text or something that reads as text', dynamicText(), { control: 'text', dynamic: true }],
    ['JSON or an expression', dynamicJson(), { control: 'text', dynamic: true }],
    ['a switch', z.boolean().default(true), { control: 'switch', required: false, defaultValue: true }],
    [
      'an optional number',
      z.number().optional(),
      { control: 'number', required: false, defaultValue: undefined },
    ],
    [
      'a choice',
      z.enum(['b', 'a']).default('a'),
      { control: 'select', values: ['b', 'a'], defaultValue: 'a' },
    ],
    [
      'a choice or an expression',
      dynamic(z.enum(['x'])),
      { control: 'select', values: ['x'], dynamic: true },
    ],
    [
      'a default around an expression',
      dynamicNumber(z.int()).default(3),
      { required: false, defaultValue: 3 },
    ],
    [
      'a checked text',
      z
        .string()
        .min(3)
        .refine((value) => value !== 'no'),
      { control: 'text', dynamic: true },
    ],
  ])('sees %s', (_, schema, expected) => {
    expect(only(schema)).toMatchObject(expected);
  });

  it('takes code and what is fixed for plain text', () => {
    expect(only(z.string(), { control: 'code' })).toMatchObject({ control: 'code', dynamic: false });
    expect(only(z.string(), { fixed: true })).toMatchObject({ control: 'text', dynamic: false });
  });

  it('goes into lists and groups, and leaves out what has no label', () => {
    const entry = z.object({ name: field(z.string(), { label }), hidden: z.string() });
    expect(only(z.array(entry).default([]))).toMatchObject({
      control: 'list',
      defaultValue: [],
      fields: [{ name: 'name', control: 'text' }],
    });
    expect(only(z.array(entry)).fields).toHaveLength(1);
    expect(only(entry)).toMatchObject({ control: 'group', fields: [{ name: 'name' }] });
    expect(only(z.array(z.string()))).toMatchObject({ control: 'list', fields: [] });
    expect(fieldsOf(z.object({ plain: z.string() }))).toEqual([]);
  });

  it('keeps the order of the schema', () => {
    const schema = z.object({ b: field(z.string(), { label }), a: field(z.string(), { label }) });
    expect(fieldsOf(schema).map(({ name }) => name)).toEqual(['b', 'a']);
  });
});

describe('isShown', () => {
  it.each<[FieldMeta['showWhen'], Record<string, unknown>, boolean]>([
    [undefined, {}, true],
    [{ mode: ['json'] }, { mode: 'json' }, true],
    [{ mode: ['json'] }, { mode: 'fields' }, false],
    [{ mode: ['json'] }, {}, false],
    [{ mode: ['a', 'b'], on: [true] }, { mode: 'b', on: true }, true],
    [{ mode: ['a', 'b'], on: [true] }, { mode: 'b', on: false }, false],
  ])('%j with %j: %s', (showWhen, values, expected) => {
    expect(isShown({ ...(showWhen && { showWhen }) }, values)).toBe(expected);
  });
});

describe('the catalogue', () => {
  it.each(catalogue.map((nodeType) => [nodeType.type, nodeType] as const))(
    '%s describes itself soundly',
    (_, nodeType) => {
      const fields = fieldsOf(nodeType.parameters);
      for (const shown of fields) {
        for (const [sibling, values] of Object.entries(shown.showWhen ?? {})) {
          const other = fields.find(({ name }) => name === sibling);
          const possible = other?.control === 'switch' ? [true, false] : other?.values;
          expect(possible).toEqual(expect.arrayContaining([...values]));
        }
        for (const value of Object.keys(shown.options ?? {})) expect(shown.values).toContain(value);
        if (shown.required) continue;
        // A form that is opened and saved unchanged must be valid.
        const property = nodeType.parameters.shape[shown.name] as z.ZodType;
        expect(property.safeParse(shown.defaultValue).success).toBe(true);
      }
    },
  );
});
