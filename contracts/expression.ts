/** Parameters that may hold an expression. A string that starts with `=` is one; its `{{ … }}` blocks are evaluated per item. */
import { z } from 'zod';
import { jsonValue } from './json.ts';

export const expressionText = z.string().startsWith('=').brand<'expression'>();
export type ExpressionText = z.output<typeof expressionText>;

/** `schema`, or an expression that gives such a value when the node runs. */
export function dynamic<T extends z.ZodType>(schema: T) {
  return z.union([schema, expressionText]);
}

const numeric = z
  .string()
  .regex(/^\s*-?\d+(\.\d+)?([eE][+-]?\d+)?\s*$/, 'is not a number')
  .transform(Number);

/** A number, text that reads as one (expressions often give text), or an expression. */
export function dynamicNumber(schema: z.ZodNumber) {
  return z.union([schema, numeric.pipe(schema), expressionText]);
}

/** Text, or an expression that gives text or something that reads as text: an id is often a number. Nothing reads as empty. */
export function dynamicText(schema: z.ZodString = z.string()) {
  const scalar = z.union([z.number(), z.boolean()]).transform(String);
  return z.union([schema, scalar, z.null().transform(() => '')]);
}

/** JSON as text or, from an expression, as the value itself. */
export function dynamicJson() {
  return z.union([z.string(), jsonValue]);
}

export function isExpression(value: unknown): value is ExpressionText {
  return typeof value === 'string' && value.startsWith('=');
}

/** `T` once its expressions are evaluated. */
export type Resolved<T> = T extends ExpressionText
  ? never
  : T extends (infer U)[]
    ? Resolved<U>[]
    : T extends object
      ? { [K in keyof T]: Resolved<T[K]> }
      : T;
