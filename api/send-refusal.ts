/** Answers with what went wrong. When the answer has begun already the connection is cut: half an answer must not look whole. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { linger } from './linger.ts';

export interface Refusal {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: object;
}

export function sendRefusal(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: Refusal,
): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.setHeader('cache-control', 'no-store');
  const payload = Buffer.from(JSON.stringify(body));
  response.setHeader('content-length', payload.length);
  // The answer is whole for the caller now; ending it may close the connection, which waits until the caller has stopped sending.
  response.write(payload);
  linger(request, () => response.end());
}
