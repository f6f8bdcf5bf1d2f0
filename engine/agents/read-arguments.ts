/** What a model wrote as the arguments of a call. It may be no JSON at all: then the model is told, and nothing is called. */
import { z } from 'zod';
import type { JsonObject } from '../../contracts/json.ts';

export type ReadArguments = { kind: 'read'; value: JsonObject } | { kind: 'wrong'; says: string };

export function readArguments(written: string, schema: JsonObject): ReadArguments {
  let value: unknown;
  try {
    value = written.trim() === '' ? {} : JSON.parse(written);
  } catch (error) {
    return wrong(`they are no JSON (${error instanceof Error ? error.message : 'unreadable'})`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return wrong('they are no JSON object');
  const checked = checkerOf(schema)?.safeParse(value);
  if (checked && !checked.success) {
    const issues = checked.error.issues.slice(0, 5);
    return wrong(
      issues.map(({ path, message }) => `${path.join('.') || 'the whole'}: ${message}`).join('; '),
    );
  }
  return { kind: 'read', value: value as JsonObject };
}

function wrong(why: string): ReadArguments {
  return {
    kind: 'wrong',
    says: `The arguments do not fit, and nothing was called: ${why}. Call it again with correct ones.`,
  };
}

/** A schema that zod can't read is for the model only; the tool itself refuses what it can't take. */
function checkerOf(schema: JsonObject): z.ZodType | undefined {
  try {
    return z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
  } catch {
    return undefined;
  }
}
