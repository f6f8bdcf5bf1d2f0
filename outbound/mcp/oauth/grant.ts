/** What one person has agreed to at one server, as it is kept: sealed, in no log and no answer. */
import type { OAuthDiscoveryState } from '@modelcontextprotocol/sdk/client/auth.js';
import type { OAuthClientInformationMixed, OAuthTokens } from '@modelcontextprotocol/sdk/shared/auth.js';
import type { JsonObject } from '../../../contracts/json.ts';
import type { Claims } from '../../renew-once.ts';

export interface McpGrant {
  /** As we are registered there. */
  client?: OAuthClientInformationMixed | undefined;
  /** Where its authorization server is, and how it is spoken to. */
  discovery?: OAuthDiscoveryState | undefined;
  /** Of a person who is on the way. */
  verifier?: string | undefined;
  tokens?: OAuthTokens | undefined;
  /** Epoch milliseconds; undefined: the server did not say. */
  expiresAt?: number | undefined;
}

export interface GrantKeeper extends Claims {
  /** Undefined: nobody has begun. */
  read(): Promise<McpGrant | undefined>;
  save(grant: McpGrant): Promise<void>;
}

/** Where it is kept: as JSON, which knows nothing of its form. */
export interface KeptGrant extends Claims {
  read(): Promise<JsonObject | undefined>;
  save(state: JsonObject, connected: boolean): Promise<void>;
}

export function keeperOf(kept: KeptGrant): GrantKeeper {
  return {
    claim: kept.claim,
    release: kept.release,
    read: async () => (await kept.read()) as McpGrant | undefined,
    save: (grant) => kept.save(grant as unknown as JsonObject, grant.tokens !== undefined),
  };
}
