/**
 * One kind of credential: its form, which of its fields are secret, how it applies to an HTTP request, and which nodes take it. API,
 * activities and the web app's forms read it, so a new kind is one file beside this one and one line in the index.
 */
import type { z } from 'zod';
import { type Field, fieldsOf } from '../field.ts';
import type { Text } from '../text.ts';

/** What is added to an HTTP request. Header names may be in any case. */
export interface CredentialUse {
  headers: readonly (readonly [string, string])[];
  query: readonly (readonly [string, string])[];
}

/** How the API finds out whether a credential works. */
export type CredentialTester =
  | 'http'
  | 'oauth2'
  | 'postgres'
  | 'smtp'
  | 's3'
  | 'llm'
  | 'anthropic'
  | 'imap'
  | 'keys'
  | 'n8n';

export interface CredentialType<S extends z.ZodObject = z.ZodObject> {
  type: string;
  /** A name of the Tabler icon set, without its `Icon` prefix. */
  icon: string;
  label: Text;
  description: Text;
  /** Everything a person fills in, secret or not. Fields are described as those of nodes are; those with `secret` never come back. */
  values: S;
  /** Node types that take it. */
  nodes: readonly string[];
  tester: CredentialTester;
  /** For HTTP requests. `accessToken` is OAuth2's, fetched or refreshed before. */
  apply?(values: z.output<S>, accessToken?: string): CredentialUse;
  /** Checks that a schema can't make. Each problem names its field. */
  check?(values: z.output<S>): { field: string; message: Text }[];
}

export function defineCredentialType<S extends z.ZodObject>(
  credentialType: CredentialType<S>,
): CredentialType<S> {
  return credentialType;
}

/** The form of a credential, in order. No field takes an expression. */
export function credentialFields({ values }: Pick<CredentialType, 'values'>): Field[] {
  return fieldsOf(values).map(fixed);
}

/** Names of the fields that never leave the server again. */
export function secretFields({ values }: Pick<CredentialType, 'values'>): string[] {
  return fieldsOf(values).flatMap(({ name, secret }) => (secret ? [name] : []));
}

function fixed(field: Field): Field {
  return { ...field, dynamic: false, ...(field.fields && { fields: field.fields.map(fixed) }) };
}
