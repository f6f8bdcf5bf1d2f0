/** A credential as it is kept, shown and opened. */
import type { JsonObject } from '../../contracts/json.ts';

export interface StoredCredential {
  id: string;
  name: string;
  type: string;
  fields: JsonObject;
  /** Names of the secret fields that are filled. */
  secrets: string[];
  /** It holds OAuth2 tokens. */
  connected: boolean;
  revision: number;
  createdAt: string;
  updatedAt: string;
  lastUsedAt?: string | undefined;
  tested?: { at: string; passed: boolean } | undefined;
}

export interface OAuthTokens {
  accessToken: string;
  refreshToken?: string | undefined;
  /** Epoch milliseconds; undefined: the service did not say. */
  expiresAt?: number | undefined;
}

/** With its secrets: for use at once, never to be kept, logged or returned. */
export interface OpenedCredential {
  id: string;
  name: string;
  type: string;
  fields: JsonObject;
  secrets: JsonObject;
  tokens?: OAuthTokens | undefined;
  revision: number;
}

export interface NewCredential {
  name: string;
  type: string;
  fields: JsonObject;
  secrets: JsonObject;
  /** Gets a `manage` grant on it. */
  createdBy?: string | undefined;
}

export type SaveCredentialResult =
  | { kind: 'saved'; credential: StoredCredential }
  | { kind: 'name-taken' }
  /** Changed or deleted since it was opened. */
  | { kind: 'changed-meanwhile' };
