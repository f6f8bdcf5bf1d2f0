/**
 * An access token of a credential that is good now, whoever else asks for it meanwhile.
 *
 * What can still be lost: a process that dies between the service's answer and our save. Then somebody has to connect again, and
 * the failure says so.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { OAuth2Values } from '../../contracts/credentials/oauth2.ts';
import { text } from '../../contracts/text.ts';
import type { Guard } from '../guard/index.ts';
import { type Claims, endsSoon, renewOnce } from '../renew-once.ts';
import { OAuthError, requestToken, type TokenGrant, type TokenSet } from './token-request.ts';

/** One credential, as its keeper gives it. */
export interface TokenKeeper extends Claims {
  /** Undefined: it was deleted. */
  read(): Promise<KeptToken | undefined>;
  /** False: it has another revision now. */
  save(revision: number, tokens: TokenSet): Promise<boolean>;
}

export interface KeptToken {
  values: OAuth2Values;
  tokens: TokenSet | undefined;
  revision: number;
}

/** Milliseconds. */
const claimMs = 30_000;
const saveAgainMs = 100;
/** Tries to keep what the service gave: it may be the only copy of a refresh token. */
const saveTries = 5;

/**
 * @param rejected an access token that the service refused although it looked good
 * @throws OAuthError; OutboundError; `signal`'s reason
 */
export function freshToken(
  keeper: TokenKeeper,
  guard: Pick<Guard, 'fetch'>,
  { rejected, signal }: { rejected?: string | undefined; signal?: AbortSignal | undefined } = {},
): Promise<TokenSet> {
  return renewOnce({
    ...{ keeper, claimMs, signal },
    read: () => readOrThrow(keeper),
    goodOf: ({ tokens }) =>
      tokens && tokens.accessToken !== rejected && !endsSoon(tokens.expiresAt) ? tokens : undefined,
    check: grantFor,
    renew: async (now) => {
      const answer = await requestToken(guard, now.values, grantFor(now));
      const tokens = { ...answer, refreshToken: answer.refreshToken ?? now.tokens?.refreshToken };
      await keep(keeper, now, tokens);
      return tokens;
    },
  });
}

/** An edit meanwhile is kept, and the tokens with it; a new connection meanwhile is newer than ours. */
async function keep(keeper: TokenKeeper, from: KeptToken, tokens: TokenSet): Promise<void> {
  let { revision } = from;
  for (let tries = 1; ; tries++) {
    try {
      if (await keeper.save(revision, tokens)) return;
      const now = await keeper.read();
      if (!now || now.tokens?.refreshToken !== from.tokens?.refreshToken) return;
      revision = now.revision;
    } catch (error) {
      if (tries >= saveTries) throw error;
      await sleep(saveAgainMs * tries);
    }
  }
}

/** @throws OAuthError `not-connected` when only a person can get the next token */
function grantFor({ values, tokens }: KeptToken): TokenGrant {
  const { grant, scope, parameters } = values;
  if (grant === 'clientCredentials') {
    const more = Object.fromEntries(parameters.map(({ name, value }) => [name, value]));
    return { ...more, grant_type: 'client_credentials', ...(scope !== '' && { scope }) };
  }
  if (tokens?.refreshToken !== undefined)
    return { grant_type: 'refresh_token', refresh_token: tokens.refreshToken };
  throw new OAuthError(
    'not-connected',
    tokens
      ? text(
          'The access is over, and the service gave nothing to renew it with. Connect the credential again.',
          'O acesso terminou, e o serviço não deu como renová-lo. Conecte a credencial de novo.',
        )
      : text(
          'Nobody has connected this credential yet. Open it and choose Connect.',
          'Ninguém conectou esta credencial ainda. Abra-a e escolha Conectar.',
        ),
  );
}

async function readOrThrow(keeper: TokenKeeper): Promise<KeptToken> {
  const kept = await keeper.read();
  if (kept) return kept;
  throw new OAuthError('not-connected', text('The credential was deleted.', 'A credencial foi apagada.'));
}
