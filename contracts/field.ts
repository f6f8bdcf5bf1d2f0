/**
 * What a form needs to know about a parameter beyond its schema. Attached to the zod schema by `field()` and read back by
 * `fieldsOf()`, so that a node type says everything about a parameter in one place.
 */
import { z } from 'zod';
import type { Text } from './text.ts';

/** How a value is edited. Left out, it follows from the schema. */
export type Control =
  | 'text'
  | 'multiline'
  | 'number'
  | 'switch'
  | 'select'
  | 'list'
  | 'group'
  | 'code'
  | 'json'
  | 'dateTime'
  /** Text that is never shown again once it is saved. */
  | 'secret'
  /** The id of a credential whose type accepts the node (`credentialTypesFor` in credentials/). */
  | 'credential'
  /** The id of an automation of the workspace. */
  | 'automation'
  /** The id of an agent of the workspace. */
  | 'agent'
  /** The id of a knowledge base of the workspace. */
  | 'knowledge'
  /** The id of an MCP server of the workspace. */
  | 'mcpServer'
  /** The name of a tool of the MCP server that is chosen beside it. */
  | 'mcpTool'
  /** A choice of a chain or model, as contracts/models/chain.ts writes it. */
  | 'model';

export interface FieldMeta {
  label: Text;
  help?: Text;
  placeholder?: string;
  control?: Control;
  /** Never an expression: needed before any item exists (triggers). */
  fixed?: true;
  /** Never shown again once saved; left out when saving, it stays as it was. Any control may be one. */
  secret?: true;
  /** Of a credential: decides who gets to see its secrets. Another value, of hosts a wider one, and they have to be given again. */
  destination?: true | 'hosts';
  /** Texts of an enum's values. */
  options?: Record<string, Text>;
  /** Shown only while the sibling parameters hold one of these values. */
  showWhen?: Record<string, readonly (string | number | boolean)[]>;
}

export interface Field extends FieldMeta {
  name: string;
  control: Control;
  /** May hold an expression. */
  dynamic: boolean;
  required: boolean;
  defaultValue?: unknown;
  /** The values of a select, in order. */
  values?: readonly string[];
  /** The fields of a group, or of one entry of a list. */
  fields?: readonly Field[];
}

const registry = z.registry<FieldMeta>();

/** Says how a parameter is shown. Returns the schema itself. */
export function field<T extends z.ZodType>(schema: T, meta: FieldMeta): T {
  registry.add(schema, meta);
  return schema;
}

/** The form fields of a parameters schema, in the order of its keys. A parameter without `field()` is not shown. */
export function fieldsOf(schema: z.ZodObject): Field[] {
  return Object.entries(schema.shape).flatMap(([name, property]) => {
    const meta = registry.get(property as z.ZodType);
    return meta ? [describe(name, property as z.ZodType, meta)] : [];
  });
}

/** Whether a field is shown, given the values beside it. */
export function isShown(shown: Pick<FieldMeta, 'showWhen'>, values: Record<string, unknown>): boolean {
  return Object.entries(shown.showWhen ?? {}).every(([name, allowed]) =>
    allowed.includes(values[name] as never),
  );
}

function describe(name: string, schema: z.ZodType, meta: FieldMeta): Field {
  let inner: z.ZodType = schema;
  let required = true;
  let defaultValue: unknown;
  let dynamic = false;
  for (;;) {
    if (inner instanceof z.ZodDefault || inner instanceof z.ZodPrefault) {
      defaultValue = inner.def.defaultValue;
      required = false;
      inner = inner.def.innerType as z.ZodType;
    } else if (inner instanceof z.ZodOptional) {
      required = false;
      inner = inner.def.innerType as z.ZodType;
    } else if (inner instanceof z.ZodUnion) {
      // `dynamic…()`: the plain value first, then the forms in which an expression may give it.
      dynamic = true;
      inner = inner.def.options[0] as z.ZodType;
    } else break;
  }
  if (inner instanceof z.ZodString)
    dynamic =
      meta.control !== 'code' && meta.control !== 'credential' && meta.control !== 'model' && !meta.fixed;
  const base = { ...meta, name, required, defaultValue, dynamic };
  if (inner instanceof z.ZodEnum)
    return { ...base, control: meta.control ?? 'select', values: inner.options as string[] };
  if (inner instanceof z.ZodNumber) return { ...base, control: meta.control ?? 'number' };
  if (inner instanceof z.ZodBoolean) return { ...base, control: meta.control ?? 'switch' };
  if (inner instanceof z.ZodArray)
    return { ...base, control: meta.control ?? 'list', fields: entryFields(inner.element as z.ZodType) };
  if (inner instanceof z.ZodObject)
    return { ...base, control: meta.control ?? 'group', fields: fieldsOf(inner) };
  return { ...base, control: meta.control ?? (meta.secret ? 'secret' : 'text') };
}

function entryFields(element: z.ZodType): Field[] {
  return element instanceof z.ZodObject ? fieldsOf(element) : [];
}
