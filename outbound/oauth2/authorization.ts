/** The authorization code grant with PKCE (RFC 7636): where the browser goes, and what its return is exchanged for. */
import { createHash, randomBytes } from 'node:crypto';
import type { OAuth2Values } from '../../contracts/credentials/oauth2.ts';
import type { Guard } from '../guard/index.ts';
import { requestToken, type TokenSet } from './token-request.ts';

export function newVerifier(): string {
  return randomBytes(32).toString('base64url');
}

/** `state` and PKCE can't be replaced by the credential's own parameters. */
export function authorizationUrl(
  { authorizationUrl: address, clientId, scope, parameters }: OAuth2Values,
  { state, verifier, redirectUri }: { state: string; verifier: string; redirectUri: string },
): string {
  const url = new URL(address);
  for (const { name, value } of parameters) url.searchParams.set(name, value);
  if (scope !== '') url.searchParams.set('scope', scope);
  const own = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(own)) url.searchParams.set(name, value);
  return url.href;
}

/** @throws as `requestToken` does */
export function exchangeCode(
  guard: Pick<Guard, 'fetch'>,
  values: OAuth2Values,
  { code, verifier, redirectUri }: { code: string; verifier: string; redirectUri: string },
): Promise<TokenSet> {
  return requestToken(guard, values, {
    grant_type: 'authorization_code',
    code,
    code_verifier: verifier,
    redirect_uri: redirectUri,
  });
}
