import { expect, it } from '@jest/globals';
import type { JsonObject } from '../json.ts';
import { schemaProblem } from './schema-problem.ts';

const city: JsonObject = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };

it.each<[JsonObject, string | undefined]>([
  [city, undefined],
  [{ type: 'object' }, undefined],
  [{ ...city, properties: { city: { type: 'string', enum: ['Recife', 'Porto'] } } }, undefined],
  [{}, 'of an object'],
  [{ type: 'array', items: city }, 'of an object'],
  [{ ...city, required: ['town'] }, '"town" is required'],
  [{ type: 'object', properties: { city: { type: 'strnig' } } }, "can't be read"],
  [{ type: 'object', properties: { city: { $ref: '#/$defs/none' } } }, "can't be read"],
])('says of %j: %s', (schema, says) => {
  const found = schemaProblem(schema)?.en;
  if (says === undefined) expect(found).toBeUndefined();
  else expect(found).toContain(says);
});
