/**
 * The requests of an MCP connection: through the guard, with the headers of its credential, limited in size and time. Redirects are
 * the client's to judge, which follows them within the origin only.
 */
import type { FetchLike } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { CredentialUse } from '../../contracts/credentials/credential-type.ts';
import { type FetchLimits, type Guard, OutboundError } from '../guard/index.ts';

/** Of one answer: a tool's result with its pictures, or a page of tools. */
const answerLimits: FetchLimits = { maxBytes: 8_000_000, timeoutMs: 600_000 };
/** Of the stream on which a server tells of changes; it is opened again when its time is up. */
const streamLimits: FetchLimits = { maxBytes: 2_000_000, timeoutMs: 600_000 };

export interface McpFetchOptions {
  guard: Pick<Guard, 'fetch'>;
  /** Asked for each request: tokens change. */
  use: () => CredentialUse;
  /** An answer broke off: who waits for it would wait for ever. */
  onBroken: (error: unknown) => void;
}

export function createMcpFetch({ guard, use, onBroken }: McpFetchOptions): FetchLike {
  return async (address, init = {}) => {
    const url = new URL(address);
    const headers = new Headers(init.headers);
    headers.set('user-agent', 'Hiviex');
    const { headers: own, query } = use();
    for (const [name, value] of own) headers.set(name, value);
    for (const [name, value] of query) url.searchParams.set(name, value);
    const isAnswer = init.method === 'POST';
    const response = await guard.fetch(url, { ...init, headers }, isAnswer ? answerLimits : streamLimits);
    return isAnswer ? watched(response, onBroken) : response;
  };
}

/** The client takes a stream that breaks for a matter of reconnecting, which is right only where the server gave it event ids. */
function watched(response: Response, onBroken: (error: unknown) => void): Response {
  if (!response.body || !response.headers.get('content-type')?.includes('text/event-stream')) return response;
  const reader = response.body.getReader();
  let canResume = false;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (done) return controller.close();
        canResume ||= /(^|\n)id:/.test(Buffer.from(value).toString('latin1'));
        controller.enqueue(value);
      } catch (error) {
        if (error instanceof OutboundError || !canResume) onBroken(error);
        controller.error(error);
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
  const { status, statusText, headers } = response;
  return new Response(body, { status, statusText, headers });
}
