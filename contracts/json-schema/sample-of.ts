import type { JsonObject, JsonValue } from '../json.ts';

const deepest = 8;

/** A value that a JSON schema allows, as far as the usual words go: enums give their first, texts give `text`. */
export function sampleOf(schema: JsonObject, text: string, depth = 0): JsonValue {
  if (schema.const !== undefined) return schema.const;
  if (schema.default !== undefined) return schema.default;
  if (Array.isArray(schema.enum) && schema.enum.length > 0) return choose(schema.enum, text);
  const [option] = [schema.anyOf, schema.oneOf, schema.allOf].flatMap((list) =>
    Array.isArray(list) ? list : [],
  );
  if (isSchema(option)) return sampleOf(option, text, depth + 1);
  const type = Array.isArray(schema.type) ? schema.type.find((each) => each !== 'null') : schema.type;
  switch (type) {
    case 'string':
      // Nobody can make up what fits a pattern.
      if (schema.pattern !== undefined && Array.isArray(schema.type)) return null;
      return text.slice(0, typeof schema.maxLength === 'number' ? schema.maxLength : 200);
    case 'integer':
    case 'number':
      return typeof schema.minimum === 'number' ? schema.minimum : 0;
    case 'boolean':
      return false;
    case 'null':
      return null;
    case 'array': {
      const least = typeof schema.minItems === 'number' ? schema.minItems : 0;
      return isSchema(schema.items) && depth < deepest
        ? Array.from({ length: Math.min(10, Math.max(1, least)) }, () =>
            sampleOf(schema.items as JsonObject, text, depth + 1),
          )
        : [];
    }
    default: {
      if (!isSchema(schema.properties) || depth >= deepest) return {};
      return Object.fromEntries(
        Object.entries(schema.properties).map(([name, property]) => [
          name,
          isSchema(property) ? sampleOf(property, text, depth + 1) : null,
        ]),
      );
    }
  }
}

/** One that the text names, else the first. */
function choose(values: JsonValue[], text: string): JsonValue {
  const said = text.toLowerCase();
  return (
    values.find((value) => typeof value === 'string' && said.includes(value.toLowerCase())) ?? values[0]!
  );
}

function isSchema(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
