/** The grant of one person as the protocol's client wants it: what it saves is kept at once. */
import type { OAuthClientProvider } from '@modelcontextprotocol/sdk/client/auth.js';
import type { GrantKeeper, McpGrant } from './grant.ts';

interface Going {
  grant: McpGrant;
  keeper: Pick<GrantKeeper, 'save'>;
  redirectUrl: string;
  scope: string;
  /** Of the address that a person is sent to. */
  state?: string | undefined;
  /** A person has to agree, there. */
  onRedirect: (url: URL) => void;
}

export function grantProvider({
  grant,
  keeper,
  redirectUrl,
  scope,
  state,
  onRedirect,
}: Going): OAuthClientProvider {
  const keep = (change: McpGrant) => {
    Object.assign(grant, change);
    return keeper.save(grant);
  };
  return {
    redirectUrl,
    clientMetadata: {
      ...{ client_name: 'Hiviex', redirect_uris: [redirectUrl], response_types: ['code'] },
      grant_types: ['authorization_code', 'refresh_token'],
      token_endpoint_auth_method: 'none',
      ...(scope !== '' && { scope }),
    },
    ...(state !== undefined && { state: () => state }),
    clientInformation: () => grant.client,
    saveClientInformation: (client) => keep({ client }),
    tokens: () => grant.tokens,
    saveTokens: (tokens) =>
      keep({
        tokens,
        verifier: undefined,
        expiresAt: tokens.expires_in ? Date.now() + tokens.expires_in * 1_000 : undefined,
      }),
    redirectToAuthorization: onRedirect,
    saveCodeVerifier: (verifier) => keep({ verifier }),
    codeVerifier: () => grant.verifier ?? '',
    discoveryState: () => grant.discovery,
    saveDiscoveryState: (discovery) => keep({ discovery }),
    invalidateCredentials: (what) => {
      if (what === 'tokens') return keep({ tokens: undefined });
      if (what === 'client') return keep({ client: undefined });
      if (what === 'discovery') return keep({ discovery: undefined });
      if (what === 'all') return keep({ client: undefined, tokens: undefined, discovery: undefined });
      return keep({ verifier: undefined });
    },
  };
}
