import type { z } from 'zod';
import type { assignmentTypes, editFields } from '../../contracts/catalogue/edit-fields.ts';
import type { Resolved } from '../../contracts/expression.ts';
import type { JsonObject, JsonValue } from '../../contracts/json.ts';
import { isObject, removePath, setPath } from '../items/paths.ts';
import { EngineFailure } from '../run/engine-failure.ts';
import type { ComputeNode } from './compute-node.ts';

type Parameters = Resolved<z.output<typeof editFields.parameters>>;
type AssignmentType = (typeof assignmentTypes)[number];

export const runEditFields: ComputeNode<Parameters> = ({ item, parameters }) => {
  const json: JsonObject = parameters.keepOthers ? { ...item.json } : {};
  if (parameters.mode === 'json') Object.assign(json, asObject(parameters.json, 'JSON'));
  else
    for (const { name, type, value } of parameters.assignments)
      setPath(json, name, convert(value as JsonValue, type, name));
  for (const name of parameters.remove.split(',')) if (name.trim()) removePath(json, name.trim());
  return [{ port: 'main', item: { ...item, json } }];
};

function convert(value: JsonValue, type: AssignmentType, name: string): JsonValue {
  switch (type) {
    case 'any':
      return value;
    case 'string':
      return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '');
    case 'number': {
      const number = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value);
      if (Number.isFinite(number)) return number;
      throw unfit(name, value, 'a number');
    }
    case 'boolean':
      if (typeof value === 'string') return !['', 'false', '0', 'no'].includes(value.trim().toLowerCase());
      return Boolean(value);
    case 'array': {
      const list = typeof value === 'string' ? parseJson(value, name) : value;
      if (Array.isArray(list)) return list;
      throw unfit(name, value, 'a list');
    }
    case 'object':
      return asObject(value, name);
  }
}

function asObject(value: unknown, name: string): JsonObject {
  const object = typeof value === 'string' ? parseJson(value, name) : value;
  if (isObject(object)) return object;
  throw unfit(name, value, 'an object');
}

function parseJson(textual: string, name: string): JsonValue {
  try {
    return JSON.parse(textual) as JsonValue;
  } catch {
    throw unfit(name, textual, 'JSON');
  }
}

function unfit(name: string, value: unknown, wanted: string): EngineFailure {
  const shown = (JSON.stringify(value) ?? 'nothing').slice(0, 80);
  return new EngineFailure({
    code: 'wrong-type',
    message: `"${name}" should be ${wanted}, but is ${shown}.`,
    hint: 'Change the expression, or choose another type for the field.',
  });
}
