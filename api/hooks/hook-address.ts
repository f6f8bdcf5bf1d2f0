/** What a webhook's caller asks for. */
import type { IncomingMessage } from 'node:http';
import { ApiProblem } from '../problems.ts';

export const hooksBase = '/hooks/';

export interface HookAddress {
  /** Upper case. */
  method: string;
  /** Decoded, without `/hooks/` and without a slash at its end. */
  path: string;
  query: URLSearchParams;
}

/** @throws ApiProblem `webhook-not-found` for a path that can't be decoded */
export function addressOf(request: IncomingMessage): HookAddress {
  const url = request.url ?? '';
  const method = request.method ?? 'GET';
  const mark = url.indexOf('?');
  const encoded = url.slice(hooksBase.length, mark < 0 ? undefined : mark);
  const query = new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1));
  try {
    return { method, path: decodeURIComponent(encoded).replace(/\/$/, ''), query };
  } catch {
    throw new ApiProblem('webhook-not-found', { method, path: hooksBase + encoded });
  }
}
