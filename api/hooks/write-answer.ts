/**
 * An automation's answer as an HTTP response.
 *
 * It leaves from the address of the app itself, so a page that an automation answers with must not act as the app: `sandbox`
 * gives it an origin of its own, and it can set no cookie.
 */
import { type ServerResponse, validateHeaderName, validateHeaderValue } from 'node:http';
import type { WebhookResponse } from '../../contracts/run.ts';

const sandbox = 'sandbox allow-forms allow-scripts allow-popups allow-downloads allow-modals';

/** Ours to say, or the connection's. */
const reserved = new Set([
  'alt-svc',
  'clear-site-data',
  'connection',
  'content-length',
  'content-security-policy',
  'keep-alive',
  'ratelimit',
  'ratelimit-policy',
  'service-worker-allowed',
  'set-cookie',
  'strict-transport-security',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'hiviex-run',
]);

const bodiless = new Set([204, 205, 304]);

export function writeAnswer(response: ServerResponse, { status, headers, body }: WebhookResponse): void {
  // 1xx would leave the caller waiting for the real one.
  response.statusCode = status < 200 ? 200 : status;
  response.setHeader('content-security-policy', sandbox);
  response.setHeader('x-content-type-options', 'nosniff');
  if (body.kind === 'json') response.setHeader('content-type', 'application/json; charset=utf-8');
  if (body.kind === 'text') response.setHeader('content-type', 'text/plain; charset=utf-8');
  for (const [name, value] of headers)
    if (!reserved.has(name.toLowerCase()) && isHeader(name, value)) response.setHeader(name, value);
  if (body.kind === 'none' || bodiless.has(status)) response.end();
  else response.end(body.kind === 'json' ? JSON.stringify(body.value) : body.value);
}

function isHeader(name: string, value: string): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}
