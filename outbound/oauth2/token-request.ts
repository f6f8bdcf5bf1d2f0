/** One request to an OAuth 2 token endpoint (RFC 6749), through the guard. */
import type { OAuth2Values } from '../../contracts/credentials/oauth2.ts';
import { type Text, text } from '../../contracts/text.ts';
import { cutAtWord } from '../cut-at-word.ts';
import { type Guard, OutboundError } from '../guard/index.ts';

export interface TokenSet {
  accessToken: string;
  refreshToken?: string | undefined;
  /** Epoch milliseconds; undefined: the service did not say. */
  expiresAt?: number | undefined;
}

/** The grant's own parameters, `grant_type` among them. */
export type TokenGrant = Readonly<Record<string, string>>;

export type OAuthErrorCode =
  /** The service says no: `invalid_grant` and the like. */
  | 'refused'
  /** Nobody has agreed yet, or the agreement is over: a person has to connect it. */
  | 'not-connected'
  /** No answer, or none that can be read. Trying again may help. */
  | 'no-answer';

/** `says` holds no secret of ours; what the service wrote may repeat some, so it is masked by whoever shows it. */
export class OAuthError extends Error {
  readonly code: OAuthErrorCode;
  readonly says: Text;

  constructor(code: OAuthErrorCode, says: Text) {
    super(says.en);
    this.name = 'OAuthError';
    this.code = code;
    this.says = says;
  }
}

const limits = { maxBytes: 200_000, timeoutMs: 10_000 };

/** @throws OAuthError `refused`, `no-answer`; OutboundError when the address may not be called */
export async function requestToken(
  guard: Pick<Guard, 'fetch'>,
  values: OAuth2Values,
  grant: TokenGrant,
): Promise<TokenSet> {
  const { clientId, clientSecret, clientAuthentication, tokenUrl } = values;
  const inHeader = clientAuthentication === 'header' && clientSecret !== '';
  const body = new URLSearchParams(grant);
  if (!inHeader) body.set('client_id', clientId);
  if (!inHeader && clientSecret !== '') body.set('client_secret', clientSecret);
  const headers = {
    accept: 'application/json',
    'content-type': 'application/x-www-form-urlencoded',
    ...(inHeader && { authorization: `Basic ${basic(clientId, clientSecret)}` }),
  };
  // A redirect would hand the client's secret to another address.
  const init: RequestInit = { method: 'POST', headers, body: body.toString(), redirect: 'error' };
  const { status, answer } = await ask(guard, tokenUrl, init);
  if (typeof answer.access_token !== 'string' || answer.access_token === '') throw refused(status, answer);
  const seconds = Number(answer.expires_in);
  return {
    accessToken: answer.access_token,
    ...(typeof answer.refresh_token === 'string' && { refreshToken: answer.refresh_token }),
    ...(seconds > 0 && { expiresAt: Date.now() + seconds * 1_000 }),
  };
}

async function ask(
  guard: Pick<Guard, 'fetch'>,
  url: string,
  init: RequestInit,
): Promise<{ status: number; answer: Record<string, unknown> }> {
  try {
    const response = await guard.fetch(url, init, limits);
    const said = await response.text();
    return { status: response.status, answer: readAnswer(said) };
  } catch (error) {
    if (error instanceof OutboundError && error.code !== 'request-timeout') throw error;
    throw new OAuthError(
      'no-answer',
      text(
        'The token URL gives no answer. Check its address, and whether the service is up.',
        'A URL de token não responde. Confira o endereço e se o serviço está no ar.',
      ),
    );
  }
}

/** JSON by the standard; GitHub and others answer with form fields unless asked otherwise, some even then. */
function readAnswer(said: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(said);
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {};
  } catch {
    return Object.fromEntries(new URLSearchParams(said.slice(0, 20_000)));
  }
}

function refused(status: number, { error, error_description: more }: Record<string, unknown>): OAuthError {
  if (typeof error !== 'string' && status >= 500)
    return new OAuthError(
      'no-answer',
      text(`The token URL answered ${status}.`, `A URL de token respondeu ${status}.`),
    );
  const reason = cutAtWord([error, more].filter((part) => typeof part === 'string').join(': '), 300);
  const why = reason === '' ? `${status}` : reason;
  return new OAuthError(
    'refused',
    text(`The service gave no token (${why}).`, `O serviço não deu um token (${why}).`),
  );
}

/** Both parts are form-encoded first (RFC 6749, 2.3.1). */
function basic(clientId: string, clientSecret: string): string {
  const encode = (value: string) => new URLSearchParams({ v: value }).toString().slice(2);
  return Buffer.from(`${encode(clientId)}:${encode(clientSecret)}`).toString('base64');
}
