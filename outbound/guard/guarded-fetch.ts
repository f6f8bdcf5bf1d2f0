/** `fetch` for a user's URL: every connection and redirect through the guard, with a limit on size and on the whole time. */
import { type Dispatcher, type RequestInit as UndiciInit, fetch as undiciFetch } from 'undici';
import { text } from '../../contracts/text.ts';
import type { AddressPolicy } from './address-policy.ts';
import { cappedBody, responseTooLarge } from './capped-body.ts';
import { OutboundError } from './outbound-error.ts';
import { parseTarget } from './parse-target.ts';

export interface FetchLimits {
  /** Bytes of the body, decompressed. */
  maxBytes: number;
  /** Milliseconds for everything: name, connection, redirects, headers and the body to its last byte. */
  timeoutMs: number;
}

/**
 * Follows redirects (up to 20) unless `init.redirect` says otherwise; secret headers stay within the origin, as fetch does it.
 *
 * @returns the answer as soon as its headers are there. Its body is still limited: reading it throws OutboundError
 * `response-too-large` or `request-timeout`. A body that is not wanted has to be cancelled, else it holds its connection until the
 * time is up.
 * @throws BlockedAddress; OutboundError `bad-url`, `response-too-large` or `request-timeout`; the reason of `init.signal`;
 * for all else the error of the network, with its `code` (`ENOTFOUND`, `ECONNREFUSED`, `UND_ERR_…`).
 */
export async function guardedFetch(
  address: string | URL,
  init: RequestInit,
  { maxBytes, timeoutMs }: FetchLimits,
  { dispatcher, policy }: { dispatcher: Dispatcher; policy: AddressPolicy },
): Promise<Response> {
  const { url, host, port } = parseTarget(address);
  if (url.username !== '' || url.password !== '') throw credentialsInUrl();
  policy.assertLiteral(host, port);

  const late = new AbortController();
  const timer = setTimeout(() => late.abort(requestTimeout(host, timeoutMs)), timeoutMs);
  const ended = () => clearTimeout(timer);
  // Whoever gives up in the middle of a body may never read it to its end or cancel it; the abort ends it all the same.
  init.signal?.addEventListener('abort', ended, { once: true });
  try {
    const answer = await undiciFetch(url, {
      ...((await encoded(init)) as UndiciInit),
      dispatcher,
      signal: init.signal ? AbortSignal.any([init.signal, late.signal]) : late.signal,
    });
    const isEncoded = answer.headers.has('content-encoding');
    if (!isEncoded && init.method !== 'HEAD' && Number(answer.headers.get('content-length')) > maxBytes) {
      await answer.body?.cancel();
      throw responseTooLarge(host, maxBytes);
    }
    const { status, statusText, redirected, body } = answer;
    const limited = body && cappedBody(body as ReadableStream<Uint8Array>, { host, maxBytes, ended });
    if (!limited) ended();
    const response = new Response(limited, { status, statusText, headers: [...answer.headers] });
    // A Response that is made by hand knows neither.
    Object.defineProperties(response, { url: { value: answer.url }, redirected: { value: redirected } });
    return response;
  } catch (error) {
    ended();
    throw networkCause(error);
  }
}

/** undici's own fetch does not know the FormData of Node, which bundles another version of it; everything else is the same class. */
async function encoded(init: RequestInit): Promise<RequestInit> {
  if (!(init.body instanceof FormData)) return init;
  const whole = new Response(init.body);
  const headers = new Headers(init.headers);
  headers.set('content-type', whole.headers.get('content-type') ?? '');
  return { ...init, headers, body: await whole.arrayBuffer() };
}

/** fetch says "fetch failed" to everything and keeps the cause inside. By shape: Node's own errors may come from another realm. */
function networkCause(error: unknown): unknown {
  const { name, cause } = error as { name?: unknown; cause?: unknown };
  return name === 'TypeError' && typeof cause === 'object' && cause !== null ? cause : error;
}

function requestTimeout(host: string, ms: number): OutboundError {
  return new OutboundError(
    'request-timeout',
    text(
      `${host} did not finish its answer within ${ms / 1_000} s.`,
      `${host} não terminou a resposta em ${ms / 1_000} s.`,
    ),
    text(
      'Try again; if it stays, the service is overloaded or the address is not the right one.',
      'Tente de novo; se continuar, o serviço está sobrecarregado ou o endereço não é o certo.',
    ),
  );
}

function credentialsInUrl(): OutboundError {
  return new OutboundError(
    'bad-url',
    text(
      'A URL with a name or password in it cannot be called.',
      'Uma URL com nome ou senha dentro não pode ser chamada.',
    ),
    text('Take them out of the URL and use a credential.', 'Tire-os da URL e use uma credencial.'),
  );
}
