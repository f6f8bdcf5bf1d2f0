/** The failure of an answer with a status of 400 or above. */
import { STATUS_CODES } from 'node:http';
import { StepFailure } from '../../contracts/effect.ts';
import type { WireRequest } from './request.ts';
import type { WireResponse } from './send.ts';

const retryableStatuses = [408, 425, 429];
/** Milliseconds. A service that asks for more is asked again earlier: nobody waits a week for a typing error in a header. */
const maxRetryAfterMs = 24 * 3_600_000;

const hints: Record<number, string> = {
  400: 'The service did not understand the request: compare query and body with its documentation.',
  401: 'The key or token is missing, wrong or expired.',
  403: 'The key is known but may not do this: check its scopes.',
  404: 'Check path and ids in the URL.',
  405: 'Check the method.',
  408: 'The service waited too long for the request; a retry helps.',
  409: 'It conflicts with what is already there: the change may have been made before.',
  415: 'The service wants another kind of body: check the body type.',
  422: 'The service refused the values: compare the body with its documentation.',
  429: 'Too many requests: lower "Requests at a time", or raise the retry interval.',
};

/** @param excerpt The beginning of the body; secrets that were sent are taken out of it. */
export function statusFailure(
  response: WireResponse,
  request: WireRequest,
  excerpt: string,
  now = Date.now(),
): StepFailure {
  const status = response.statusCode;
  const retryable = retryableStatuses.includes(status) || status >= 500;
  const retryAfterMs = retryable ? readRetryAfter(response.headers['retry-after'], now) : undefined;
  const title = response.statusText || STATUS_CODES[status] || '';
  const said = withoutSecrets(excerpt, request);
  return new StepFailure(
    {
      code: `http-${status}`,
      message: `${request.url.host} answered ${`${status} ${title}`.trim()}${said === '' ? '.' : `: ${said.slice(0, 300)}`}`,
      hint: hints[status] ?? defaultHint(status),
      details: { status, method: request.method, ...(said === '' ? {} : { body: said }) },
    },
    { retryable, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) },
  );
}

/** Milliseconds to wait by a `Retry-After` header (seconds or a date); undefined when there is none that can be read. */
export function readRetryAfter(header: string | string[] | undefined, now: number): number | undefined {
  const text = (Array.isArray(header) ? header[0] : header)?.trim();
  if (!text) return undefined;
  const ms = /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - now;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), maxRetryAfterMs);
}

function defaultHint(status: number): string {
  return status >= 500
    ? 'The fault is on the other side: a retry helps when it is passing.'
    : 'See what the service documents for this status, or switch off "Fail on status 400 and above" to handle it yourself.';
}

/** Services echo what they were sent. */
function withoutSecrets(text: string, request: WireRequest): string {
  const secrets = [...request.headers].flatMap(([name, value]) =>
    request.secretHeaders.has(name) ? [value, ...value.split(/[\s;,=]+/)] : [],
  );
  return secrets
    .filter((secret) => secret.length >= 6)
    .reduce((clean, secret) => clean.replaceAll(secret, '***'), text);
}
