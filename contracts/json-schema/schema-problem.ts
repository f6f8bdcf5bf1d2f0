/**
 * Why a JSON schema can't be asked for: what an answer is checked with has to be able to read it, and has to be of an object.
 */
import { z } from 'zod';
import type { JsonObject } from '../json.ts';
import { type Text, text } from '../text.ts';

export function schemaProblem(schema: JsonObject): Text | undefined {
  if (schema.type !== 'object')
    return text(
      'It has to be of an object: "type": "object".',
      'Precisa ser de um objeto: "type": "object".',
    );
  const missing = requiredWithoutProperty(schema);
  if (missing !== undefined)
    return text(
      `"${missing}" is required, and is not among the properties.`,
      `"${missing}" é obrigatório e não está entre as propriedades.`,
    );
  try {
    z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
    return undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return text(`It can't be read: ${reason}`, `Não pode ser lido: ${reason}`);
  }
}

function requiredWithoutProperty({ required, properties }: JsonObject): string | undefined {
  if (!Array.isArray(required)) return undefined;
  const names = typeof properties === 'object' && properties !== null ? properties : {};
  return required.map(String).find((name) => !Object.hasOwn(names, name));
}
