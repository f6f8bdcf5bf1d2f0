/** Every kind of credential there is. A new one is one file beside this one and one line below. */
import { anthropicCredential } from './anthropic.ts';
import { apiKeyCredential } from './api-key.ts';
import { basicCredential } from './basic.ts';
import { bearerCredential } from './bearer.ts';
import type { CredentialType } from './credential-type.ts';
import { headersCredential } from './headers.ts';
import { imapCredential } from './imap.ts';
import { llmCredential } from './llm.ts';
import { n8nCredential } from './n8n.ts';
import { oauth2Credential } from './oauth2.ts';
import { postgresCredential } from './postgres.ts';
import { s3Credential } from './s3.ts';
import { signingKeyCredential } from './signing-key.ts';
import { smtpCredential } from './smtp.ts';

export {
  type CredentialType,
  type CredentialUse,
  credentialFields,
  secretFields,
} from './credential-type.ts';

export const credentialTypes: readonly CredentialType[] = [
  apiKeyCredential,
  basicCredential,
  bearerCredential,
  headersCredential,
  oauth2Credential,
  postgresCredential,
  smtpCredential,
  imapCredential,
  s3Credential,
  signingKeyCredential,
  n8nCredential,
  llmCredential,
  anthropicCredential,
] as unknown as readonly CredentialType[];

const byType = new Map(credentialTypes.map((credentialType) => [credentialType.type, credentialType]));

export function findCredentialType(type: string): CredentialType | undefined {
  return byType.get(type);
}

/** The kinds that a node type takes, for the select in its form. */
export function credentialTypesFor(nodeType: string): CredentialType[] {
  return credentialTypes.filter(({ nodes }) => nodes.includes(nodeType));
}
