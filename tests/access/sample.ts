/** A valid value for a JSON Schema, as small as it may be: what is required, and nothing else. */
import { ulid } from 'ulid';

export interface JsonSchema {
  $ref?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  minItems?: number;
  minLength?: number;
  minimum?: number;
  format?: string;
  pattern?: string;
}

export type Schemas = Readonly<Record<string, JsonSchema>>;

/** @throws Error for a schema it can't satisfy: the operation then needs a body in `bodies.ts` */
export function sample(schema: JsonSchema, schemas: Schemas): unknown {
  if (schema.$ref) {
    const named = schemas[schema.$ref.replace('#/components/schemas/', '')];
    if (!named) throw new Error(`Unknown: ${schema.$ref}`);
    return sample(named, schemas);
  }
  if ('const' in schema) return schema.const;
  if (schema.enum) return schema.enum[0];
  const [alternative] = schema.anyOf ?? schema.oneOf ?? [];
  if (alternative) return sample(alternative, schemas);
  if (schema.allOf)
    return Object.assign({}, ...schema.allOf.map((part) => sample(part, schemas) as object)) as unknown;
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case 'object':
      return Object.fromEntries(
        (schema.required ?? []).map((name) => [name, sample(schema.properties?.[name] ?? {}, schemas)]),
      );
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => sample(schema.items ?? {}, schemas));
    case 'string':
      return text(schema);
    case 'integer':
    case 'number':
      return schema.minimum ?? 1;
    case 'boolean':
      return false;
    default:
      return null;
  }
}

/** Patterns come with formats, which say more. */
function text({ format, pattern, minLength = 0 }: JsonSchema): string {
  const id = ulid();
  if (format === 'email') return `${id.toLowerCase()}@example.com`;
  if (format === 'date-time') return '2026-01-01T00:00:00.000Z';
  if (pattern !== undefined && new RegExp(pattern, 'u').test('text/plain')) return 'text/plain';
  if (format === 'uri') return 'https://example.com/';
  const made = id.padEnd(minLength, 'x');
  if (pattern === undefined) return made;
  // Nothing listens there, and the guard refuses it.
  const fitting = [made, 'text/plain', 'http://127.0.0.1:9/'].find((text) =>
    new RegExp(pattern, 'u').test(text),
  );
  if (fitting === undefined) throw new Error(`No sample for the pattern ${pattern}`);
  return fitting;
}
