/** Every text of a credential that must not be shown: what is stored, and what is made of it. */
import type { JsonObject, JsonValue } from '../json.ts';
import { type CredentialUse, findCredentialType, secretFields } from './index.ts';

export interface Opened {
  type: string;
  secrets: JsonObject;
  tokens?: { accessToken: string; refreshToken?: string | undefined } | undefined;
}

/** What stands in the fields that the type calls secret, and its tokens. */
export function secretTexts({ type, secrets, tokens }: Opened): string[] {
  const credentialType = findCredentialType(type);
  const named = credentialType ? secretFields(credentialType) : Object.keys(secrets);
  const tokenTexts = [tokens?.accessToken, tokens?.refreshToken].filter((token) => token !== undefined);
  return [...named.flatMap((name) => textsOf(secrets[name] ?? null)), ...tokenTexts];
}

/** What is made of them: "Basic dXNlcjpw…" is a secret too, with and without its scheme. */
export function sentForms({ headers, query }: CredentialUse): string[] {
  return [...headers, ...query].flatMap(([, value]) => [value, value.replace(/^\w+ /, '')]);
}

/** The names in a list of headers are no secret. */
function textsOf(value: JsonValue): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, entry]) => (key === 'name' ? [] : textsOf(entry)));
}
