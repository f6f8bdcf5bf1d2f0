/** Sends a request and follows its redirects, by the rules of the fetch standard. */
import { type Dispatcher, request as undiciRequest } from 'undici';
import { StepFailure } from '../../contracts/effect.ts';
import { networkFailure } from './network-failure.ts';
import { parseUrl, type WireRequest } from './request.ts';

const maxRedirects = 10;

export type WireResponse = Dispatcher.ResponseData;

interface SendOptions {
  dispatcher: Dispatcher;
  signal: AbortSignal;
  /** Milliseconds to the first byte of the answer, and between two of its parts. */
  timeoutMs: number;
}

/**
 * @returns the last answer, its body not yet read, and the request that got it.
 * @throws StepFailure for everything that goes wrong on the way.
 */
export async function send(
  first: WireRequest,
  options: SendOptions,
): Promise<{ request: WireRequest; response: WireResponse }> {
  let request = first;
  for (let redirects = 0; ; redirects++) {
    const response = await sendOnce(request, options);
    const location = response.headers.location;
    if (!isRedirect(response.statusCode) || typeof location !== 'string') return { request, response };
    await response.body.dump({ limit: 16_384 }).catch(() => undefined);
    if (redirects === maxRedirects) throw tooManyRedirects(first.url);
    request = redirected(request, response.statusCode, location);
  }
}

async function sendOnce(request: WireRequest, options: SendOptions): Promise<WireResponse> {
  const { body } = request;
  const isStreamed = typeof body === 'object';
  // Outside the try: a file that is gone is no fault of the network.
  const content = isStreamed ? await body.open(options.signal) : (body ?? null);
  try {
    const response = await undiciRequest(request.url, {
      method: request.method,
      headers: {
        ...Object.fromEntries(request.headers),
        ...(isStreamed && { 'content-length': String(body.bytes) }),
      },
      body: content,
      dispatcher: options.dispatcher,
      signal: options.signal,
      headersTimeout: options.timeoutMs,
      bodyTimeout: options.timeoutMs,
    });
    // A body that is given up reports that as an error, and one that nobody listens to ends the process.
    response.body.on('error', () => undefined);
    return response;
  } catch (error) {
    throw networkFailure(error, request);
  }
}

function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

function redirected(request: WireRequest, status: number, location: string): WireRequest {
  const target = URL.parse(location, request.url.href);
  if (!target) {
    throw new StepFailure({
      code: 'bad-redirect',
      message: `${request.url.host} redirected to an address that is not a URL.`,
      hint: 'The fault is on the other side; try the final address instead.',
    });
  }
  const url = parseUrl(target.href);
  url.username = '';
  url.password = '';
  const headers = new Map(request.headers);
  if (url.origin !== request.url.origin) {
    for (const name of request.headers.keys())
      if (name === 'host' || request.secretHeaders.has(name)) headers.delete(name);
  }
  const becomesGet =
    (status === 303 && request.method !== 'GET' && request.method !== 'HEAD') ||
    ((status === 301 || status === 302) && request.method === 'POST');
  if (!becomesGet) return { ...request, url, headers };
  for (const name of ['content-type', 'content-encoding', 'content-language']) headers.delete(name);
  return { ...request, method: 'GET', url, headers, body: undefined };
}

function tooManyRedirects(url: URL): StepFailure {
  return new StepFailure({
    code: 'too-many-redirects',
    message: `${url.host} redirected more than ${maxRedirects} times.`,
    hint: 'It probably redirects in a circle, often because a cookie or a sign-in is missing. Try the final address.',
  });
}
