/** The access token of a person's grant that is good now, whoever else asks for it meanwhile. */
import { auth } from '@modelcontextprotocol/sdk/client/auth.js';
import { text } from '../../../contracts/text.ts';
import { type Guard, OutboundError } from '../../guard/index.ts';
import { endsSoon, renewOnce } from '../../renew-once.ts';
import { McpFailure } from '../mcp-failure.ts';
import { fetchOf } from './agree.ts';
import type { GrantKeeper, McpGrant } from './grant.ts';
import { grantProvider } from './grant-provider.ts';
import { NotConnected } from './not-connected.ts';

/** Milliseconds: who renews tokens may have to be found out first. */
const claimMs = 60_000;

export interface AccessTokenOptions {
  guard: Pick<Guard, 'fetch'>;
  keeper: GrantKeeper;
  serverUrl: string;
  signal: AbortSignal;
  /** One that the server refused although it looked good. */
  rejected?: string | undefined;
}

/** @throws NotConnected; McpFailure `mcp-refused`; OutboundError; the reason of `signal` */
export function accessTokenOfGrant(options: AccessTokenOptions): Promise<string> {
  const { keeper, signal, rejected } = options;
  return renewOnce({
    ...{ keeper, claimMs, signal },
    read: async () => (await keeper.read()) ?? {},
    goodOf: ({ tokens, expiresAt }: McpGrant) => {
      const token = tokens?.access_token;
      return token === rejected || endsSoon(expiresAt) ? undefined : token;
    },
    check: ({ tokens }) => {
      if (tokens?.refresh_token === undefined) throw new NotConnected();
    },
    renew: (grant) => refreshed(grant, options),
  });
}

async function refreshed(grant: McpGrant, { guard, keeper, serverUrl }: AccessTokenOptions): Promise<string> {
  const onRedirect = () => {
    throw new NotConnected();
  };
  const provider = grantProvider({
    ...{ grant, keeper, scope: '', onRedirect },
    redirectUrl: redirectOf(grant),
  });
  try {
    await auth(provider, { serverUrl, fetchFn: fetchOf(guard) });
  } catch (error) {
    if (error instanceof NotConnected || error instanceof OutboundError) throw error;
    throw noAccess();
  }
  if (!grant.tokens) throw new NotConnected();
  return grant.tokens.access_token;
}

function noAccess(): McpFailure {
  return new McpFailure(
    'mcp-refused',
    text('Its authorization server gave no access.', 'O servidor de autorização dele não deu acesso.'),
    text('Try again; if it stays, connect again.', 'Tente de novo; se continuar, conecte-se de novo.'),
    { passes: true },
  );
}

/** Only a person's browser goes there: what we are registered with will do. */
function redirectOf({ client }: McpGrant): string {
  return client && 'redirect_uris' in client ? String(client.redirect_uris[0]) : 'https://localhost/';
}
