/** What came in at a webhook, as the item that its run starts with: `{ headers, params, query, body }`, the shape of n8n; and its files. */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Item } from '../../contracts/item.ts';
import type { ObjectStore, RunName } from '../../storage/index.ts';
import { formFields, parseBody, readBody } from '../body.ts';
import { deliveredFiles } from './delivered-files.ts';
import { carriesFiles, readFileDelivery } from './file-delivery.ts';

/** They sign their sender in somewhere; a run's history and records are read by others. */
const secretHeaders = new Set(['authorization', 'proxy-authorization', 'cookie']);

export interface Delivery {
  item: Item;
  /** Takes its files away again: when the run did not start with it. */
  discard(): Promise<void>;
}

export interface DeliveryOptions {
  query: URLSearchParams;
  /** Bytes of a body that is read whole, and of one file. */
  limits: { body: number; file: number };
  store: ObjectStore;
  /** The run that the delivery will start. */
  run: RunName;
  /** Of the bytes as they came, before anything is made of them. Files are not taken then: they are stored as they come. */
  check?: ((bytes: Buffer) => Promise<void>) | undefined;
}

/** @throws ApiProblem `too-large`, `unsupported-body`, `invalid-json`, `storage-unavailable`; what `check` throws */
export async function readDelivery(request: IncomingMessage, options: DeliveryOptions): Promise<Delivery> {
  const { query, limits, check } = options;
  const about = { headers: publicHeaders(request.headers), params: {}, query: formFields(query) };
  if (!check && carriesFiles(request)) return readWithFiles(request, about, options);
  const bytes = await readBody(request, limits.body);
  await check?.(bytes);
  const body = parseBody(request.headers['content-type'], bytes);
  return { item: { json: { ...about, body } }, discard: async () => undefined };
}

async function readWithFiles(
  request: IncomingMessage,
  about: Item['json'],
  { limits, store, run }: DeliveryOptions,
): Promise<Delivery> {
  const { files, discard } = deliveredFiles(store, run, limits.file);
  try {
    const { body, binary } = await readFileDelivery(request, files, limits.body);
    const hasFiles = Object.keys(binary).length > 0;
    return { item: { json: { ...about, body }, ...(hasFiles && { binary }) }, discard };
  } catch (error) {
    await discard();
    throw error;
  }
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
