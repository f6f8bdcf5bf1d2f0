/** What the form of a credential reads, checks and sends. Secrets that are saved are not here: left alone, they stay. */
import type { Credential } from '../../../../../contracts/api/credentials.ts';
import {
  type CredentialType,
  credentialFields,
  secretFields,
} from '../../../../../contracts/credentials/index.ts';
import { secretsNeededAgain } from '../../../../../contracts/credentials/secrets-needed-again.ts';
import type { Field } from '../../../../../contracts/field.ts';
import type { JsonObject, JsonValue } from '../../../../../contracts/json.ts';
import { type Text, text } from '../../../../../contracts/text.ts';
import { shownFields, withDefaults } from '../../editor/inspector/form-values.ts';

type Saved = Pick<Credential, 'fields' | 'secrets'>;

/** Words for what is wrong, by path: `clientId`, `parameters.0.name`. */
export type CredentialProblems = Record<string, Text | string>;

export const isRequired = text('This is needed.', 'Isto é necessário.');
export const isNeededAgain = text(
  'Enter it again: it was saved for where it went until now.',
  'Informe de novo: foi salvo para o destino de até agora.',
);

export function shownCredentialFields(type: CredentialType, values: JsonObject): Field[] {
  return shownFields(credentialFields(type), values);
}

export function initialValues(type: CredentialType, saved: Saved | undefined): JsonObject {
  return withDefaults(
    credentialFields(type).filter((field) => !field.secret),
    saved?.fields ?? {},
  );
}

/** A secret that nobody typed: '' of a text, no entries of a list. Null is one that is to be emptied. */
function isUntouched(value: JsonValue | undefined): boolean {
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

/** Without the secrets that stay as they are saved. */
export function valuesToSend(type: CredentialType, values: JsonObject): JsonObject {
  const secrets = secretFields(type);
  return Object.fromEntries(
    Object.entries(values).filter(([name, value]) => !(secrets.includes(name) && isUntouched(value))),
  );
}

/** Saved secrets that have to be typed again, for what is typed sends them elsewhere. */
export function neededAgain(type: CredentialType, values: JsonObject, saved: Saved | undefined): string[] {
  return saved ? secretsNeededAgain(type, saved, valuesToSend(type, values)) : [];
}

/** Of the fields that are shown. Empty: it can be saved. */
export function problemsOf(
  type: CredentialType,
  values: JsonObject,
  saved: Saved | undefined,
): CredentialProblems {
  const problems: CredentialProblems = {};
  const shown = shownCredentialFields(type, values);
  const again = neededAgain(type, values, saved);
  for (const { name, secret, required } of shown) {
    const value = values[name];
    if (again.includes(name)) {
      problems[name] = isNeededAgain;
      continue;
    }
    if (secret && isUntouched(value) && saved?.secrets.includes(name)) continue;
    if (required && isUntouched(value)) {
      problems[name] = isRequired;
      continue;
    }
    // Null empties a secret: its schema does not know that.
    if (value === null || value === undefined) continue;
    const issues = type.values.shape[name]?.safeParse(value).error?.issues ?? [];
    for (const { path, message } of issues)
      problems[[name, ...path].join('.')] ??= isUntouched(deep(value, path)) ? isRequired : message;
  }
  if (Object.keys(problems).length > 0) return problems;
  const whole = type.values.safeParse({ ...placeholders(type, saved), ...valuesToSend(type, values) });
  for (const { field, message } of (whole.success && type.check?.(whole.data)) || [])
    problems[field] = message;
  return problems;
}

/** What `check` looks at is never a secret; those saved need only be there. */
function placeholders(type: CredentialType, saved: Saved | undefined): JsonObject {
  const filled = credentialFields(type).filter(({ name }) => saved?.secrets.includes(name));
  return Object.fromEntries(
    filled.map(({ name, control }) => [name, control === 'list' ? [{ name: 'x', value: 'x' }] : 'x']),
  );
}

function deep(value: JsonValue, path: readonly PropertyKey[]): JsonValue | undefined {
  let found: JsonValue | undefined = value;
  for (const key of path) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = (found as Record<string, JsonValue>)[String(key)];
  }
  return found;
}
