/** What the form made from the catalogue reads and writes: values by path, defaults, which fields show, fixed or expression. */
import { type OperatorName, operators } from '../../../../../contracts/conditions.ts';
import { isExpression } from '../../../../../contracts/expression.ts';
import { type Field, isShown } from '../../../../../contracts/field.ts';
import type { JsonObject, JsonValue } from '../../../../../contracts/json.ts';

export type Path = readonly (string | number)[];

export function valueAt(root: JsonValue | undefined, path: Path): JsonValue | undefined {
  let value: JsonValue | undefined = root;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Array.isArray(value) ? value[Number(key)] : value[key];
  }
  return value;
}

/** The object with the value at `path` replaced; missing objects on the way are made. Nothing else is copied. */
export function withValueAt(root: JsonObject, path: Path, value: JsonValue): JsonObject {
  return replace(root, path, value) as JsonObject;
}

function replace(at: JsonValue | undefined, path: Path, value: JsonValue): JsonValue {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(at))
    return at.map((entry, index) => (index === Number(key) ? replace(entry, rest, value) : entry));
  const object = typeof at === 'object' && at !== null ? at : {};
  return { ...object, [key]: replace(object[String(key)], rest, value) };
}

/** The values beside each other with the schema's defaults where none is set: what `showWhen` and ports look at. */
export function withDefaults(fields: readonly Field[], values: JsonObject): JsonObject {
  const defaults = fields.flatMap((field) =>
    field.defaultValue === undefined ? [] : [[field.name, field.defaultValue as JsonValue] as const],
  );
  return { ...Object.fromEntries(defaults), ...values };
}

/** The fields to show for these values. A condition whose operator compares with nothing has no right side. */
export function shownFields(fields: readonly Field[], values: JsonObject): Field[] {
  const full = withDefaults(fields, values);
  return fields.filter(
    (field) => isShown(field, full) && !(field.name === 'right' && isUnary(full.operator)),
  );
}

function isUnary(operator: JsonValue | undefined): boolean {
  return (
    typeof operator === 'string' && operator in operators && 'unary' in operators[operator as OperatorName]
  );
}

/** A new entry for a list: the defaults of its fields. */
export function newEntry(fields: readonly Field[]): JsonObject {
  return Object.fromEntries(
    fields.map((field) => [
      field.name,
      (field.defaultValue ?? (field.control === 'list' ? [] : '')) as JsonValue,
    ]),
  );
}

/** An expression as it is edited, without its leading `=`. */
export function expressionBody(value: JsonValue | undefined): string {
  return isExpression(value) ? value.slice(1) : asText(value);
}

/** What is stored for an edited expression. Text pasted with its `=` keeps one. */
export function expressionValue(body: string): string {
  return body.startsWith('={{') ? body : `=${body}`;
}

/** Text typed into a fixed field: `{{` makes it an expression, as builders expect. */
export function typedValue(text: string): string {
  return text.includes('{{') && !text.startsWith('=') ? `=${text}` : text;
}

/** A value as a text field shows it. */
export function asText(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Back from expression to fixed: text without blocks stays, `{{ 'literal' }}` and other blocks can't. */
export function fixedValue(
  field: Pick<Field, 'control' | 'defaultValue'>,
  value: JsonValue | undefined,
): JsonValue {
  const body = expressionBody(value);
  const fallback = (field.defaultValue ?? '') as JsonValue;
  if (field.control === 'select' || field.control === 'switch') return fallback;
  if (field.control === 'number')
    return body.trim() !== '' && Number.isFinite(Number(body)) ? Number(body) : fallback;
  return body;
}

/** `parameters.assignments.0.name` of a problem as the path inside parameters; undefined for other fields of the node. */
export function parameterPath(field: string | undefined): string | undefined {
  return field?.startsWith('parameters.') ? field.slice('parameters.'.length) : undefined;
}
