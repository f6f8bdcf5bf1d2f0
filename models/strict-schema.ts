import type { JsonObject, JsonValue } from '../contracts/json.ts';

/** Whether a schema is one that OpenAI's strict mode takes: every object names all its fields as required and allows no others. */
export function isStrictSchema(schema: JsonObject): boolean {
  return isStrict(schema);
}

function isStrict(schema: JsonValue | undefined): boolean {
  if (Array.isArray(schema)) return schema.every(isStrict);
  if (typeof schema !== 'object' || schema === null) return true;
  const { properties, required, additionalProperties } = schema;
  if (schema.type === 'object' || properties !== undefined) {
    const names = Object.keys((properties ?? {}) as object);
    const all = Array.isArray(required) ? required : [];
    if (additionalProperties !== false || !names.every((name) => all.includes(name))) return false;
  }
  return Object.values(schema).every(isStrict);
}
