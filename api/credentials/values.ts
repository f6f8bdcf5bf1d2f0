/** What a person fills in, checked by the credential's type and parted into what may be shown and what may not. */
import { type CredentialType, findCredentialType, secretFields } from '../../contracts/credentials/index.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { ApiProblem, type FieldError } from '../problems.ts';

export interface CheckedValues {
  credentialType: CredentialType;
  fields: JsonObject;
  secrets: JsonObject;
  /** Both together, as the type's functions take them. */
  values: JsonObject;
}

/**
 * @param before what is stored: a value that is left out stays, null empties it
 * @throws ApiProblem `invalid-request` naming the fields; values are not repeated, they may be secrets
 */
export function checkValues(type: string, given: JsonObject, before: JsonObject = {}): CheckedValues {
  const credentialType = findCredentialType(type);
  if (!credentialType) throw invalid([{ field: 'type', message: `There is no credential type "${type}".` }]);
  const names = Object.keys(credentialType.values.shape);
  const unknown = Object.keys(given).filter((name) => !names.includes(name));
  if (unknown.length > 0)
    throw invalid(unknown.map((name) => ({ field: `values.${name}`, message: 'There is no such field.' })));

  const merged = Object.entries({ ...before, ...given }).filter(([, value]) => value !== null);
  const parsed = credentialType.values.safeParse(Object.fromEntries(merged));
  if (!parsed.success)
    throw invalid(
      parsed.error.issues.map(({ path, message, code }) => ({
        field: ['values', ...path].join('.'),
        message,
        code,
      })),
    );
  const problems = credentialType.check?.(parsed.data) ?? [];
  if (problems.length > 0)
    throw invalid(problems.map(({ field, message }) => ({ field: `values.${field}`, message })));
  return { credentialType, ...part(credentialType, parsed.data as JsonObject) };
}

function part(credentialType: CredentialType, values: JsonObject): Omit<CheckedValues, 'credentialType'> {
  const secret = new Set(secretFields(credentialType));
  const entries = Object.entries(values);
  return {
    values,
    fields: Object.fromEntries(entries.filter(([name]) => !secret.has(name))),
    secrets: Object.fromEntries(entries.filter(([name]) => secret.has(name))),
  };
}

function invalid(errors: FieldError[]): ApiProblem {
  return new ApiProblem('invalid-request', {}, { errors });
}
