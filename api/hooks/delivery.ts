/** What came in at a webhook, as the item that its run starts with: `{ headers, params, query, body }`, the shape of n8n. */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Item } from '../../contracts/item.ts';
import { formFields, parseBody, readBody } from '../body.ts';

/** They sign their sender in somewhere; a run's history and records are read by others. */
const secretHeaders = new Set(['authorization', 'proxy-authorization', 'cookie']);

/** @throws ApiProblem `too-large`, `unsupported-body`, `invalid-json` */
export async function readDelivery(
  request: IncomingMessage,
  query: URLSearchParams,
  limit: number,
): Promise<Item> {
  const body = parseBody(request.headers['content-type'], await readBody(request, limit));
  return { json: { headers: publicHeaders(request.headers), params: {}, query: formFields(query), body } };
}

function publicHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || secretHeaders.has(name)
        ? []
        : [[name, typeof value === 'string' ? value : value.join(', ')]],
    ),
  );
}
