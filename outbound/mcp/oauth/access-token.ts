/** The access token of a person's grant that is good now, refreshed by one process at a time: old refresh tokens may be used once only. */
import { setTimeout as sleep } from 'node:timers/promises';
import { auth } from '@modelcontextprotocol/sdk/client/auth.js';
import { text } from '../../../contracts/text.ts';
import { type Guard, OutboundError } from '../../guard/index.ts';
import { McpFailure } from '../mcp-failure.ts';
import { fetchOf } from './agree.ts';
import type { GrantKeeper, McpGrant } from './grant.ts';
import { grantProvider } from './grant-provider.ts';

/** Milliseconds. The claim outlives the slowest refresh; a token is renewed before it ends on its way. */
const claimMs = 60_000;
const lookAgainMs = 100;
const earlyMs = 30_000;

/** A person has to agree, for the first time or again. */
export class NotConnected extends Error {}

export interface AccessTokenOptions {
  guard: Pick<Guard, 'fetch'>;
  keeper: GrantKeeper;
  serverUrl: string;
  signal: AbortSignal;
  /** One that the server refused although it looked good. */
  rejected?: string | undefined;
}

/** @throws NotConnected; McpFailure `mcp-refused`; OutboundError; the reason of `signal` */
export async function accessTokenOfGrant(options: AccessTokenOptions): Promise<string> {
  const { keeper, signal, rejected } = options;
  for (;;) {
    const grant = await keeper.read();
    const good = goodToken(grant, rejected);
    if (good !== undefined) return good;
    if (grant?.tokens?.refresh_token === undefined) throw new NotConnected();
    if (!(await keeper.claim(claimMs))) {
      await sleep(lookAgainMs, undefined, { signal });
      continue;
    }
    try {
      // Whoever had the claim before us may have done it.
      const now = (await keeper.read()) ?? {};
      return goodToken(now, rejected) ?? (await refreshed(now, options));
    } finally {
      await keeper.release();
    }
  }
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

function goodToken(grant: McpGrant | undefined, rejected: string | undefined): string | undefined {
  const token = grant?.tokens?.access_token;
  const isOver = grant?.expiresAt !== undefined && grant.expiresAt - earlyMs <= Date.now();
  return token === rejected || isOver ? undefined : token;
}
