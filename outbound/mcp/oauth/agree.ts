/**
 * A person agrees that we use a server as them: where their browser goes, and what its return is exchanged for. Discovery (RFC 9728,
 * RFC 8414), registration (RFC 7591), PKCE and the resource (RFC 8707) are the protocol's client's.
 */
import { auth, extractWWWAuthenticateParams } from '@modelcontextprotocol/sdk/client/auth.js';
import type { FetchLike } from '@modelcontextprotocol/sdk/shared/transport.js';
import { LATEST_PROTOCOL_VERSION } from '@modelcontextprotocol/sdk/types.js';
import type { Guard } from '../../guard/index.ts';
import type { GrantKeeper } from './grant.ts';
import { grantProvider } from './grant-provider.ts';

export interface Agreement {
  guard: Pick<Guard, 'fetch'>;
  keeper: GrantKeeper;
  /** Of the MCP endpoint. */
  serverUrl: string;
  /** Where the browser comes back to. */
  redirectUrl: string;
  /** What is asked for, where the server does not say itself; '': nothing in particular. */
  scope: string;
}

const limits = { maxBytes: 500_000, timeoutMs: 15_000 };

/** @returns where the person goes. @throws OutboundError; whatever the client says of an answer that it can't use */
export async function beginAgreement({ state, ...agreement }: Agreement & { state: string }): Promise<URL> {
  const { keeper, redirectUrl, scope, serverUrl } = agreement;
  const fetchFn = fetchOf(agreement.guard);
  let target: URL | undefined;
  // Registered anew: the address to come back to may be another one than last time.
  const provider = grantProvider({
    ...{ grant: {}, keeper, redirectUrl, scope, state },
    onRedirect: (url) => {
      target = url;
    },
  });
  const said = await askedFor(serverUrl, fetchFn);
  await auth(provider, { ...said, serverUrl, fetchFn });
  if (!target) throw new Error('The server asked for no agreement.');
  return target;
}

/** @throws as `beginAgreement` does */
export async function finishAgreement({ code, ...agreement }: Agreement & { code: string }): Promise<void> {
  const { keeper, redirectUrl, scope, serverUrl } = agreement;
  const grant = (await keeper.read()) ?? {};
  const provider = grantProvider({ ...{ grant, keeper, redirectUrl, scope }, onRedirect: () => undefined });
  await auth(provider, { serverUrl, authorizationCode: code, fetchFn: fetchOf(agreement.guard) });
}

export function fetchOf(guard: Pick<Guard, 'fetch'>): FetchLike {
  // A redirect would hand a code or a secret to another address.
  return (url, init = {}) =>
    guard.fetch(url, init.method === 'POST' ? { ...init, redirect: 'error' } : init, limits);
}

/** A server says in its refusal where its metadata are, and what has to be asked for. */
async function askedFor(serverUrl: string, fetchFn: FetchLike) {
  const hello = {
    ...{ jsonrpc: '2.0', id: 0, method: 'initialize' },
    params: {
      ...{ protocolVersion: LATEST_PROTOCOL_VERSION, capabilities: {} },
      clientInfo: { name: 'hiviex', version: '1' },
    },
  };
  const response = await fetchFn(serverUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
    body: JSON.stringify(hello),
  });
  await response.body?.cancel();
  if (response.status !== 401) return {};
  const { resourceMetadataUrl, scope } = extractWWWAuthenticateParams(response);
  return { ...(resourceMetadataUrl && { resourceMetadataUrl }), ...(scope !== undefined && { scope }) };
}
