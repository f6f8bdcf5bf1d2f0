/** A page of the web into the store, through the guard, hashed on its way. */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { BlockedAddress, OutboundError } from '../../outbound/guard/index.ts';
import { StorageError } from '../../storage/index.ts';
import { DocumentRefusal } from './document-refusal.ts';
import type { IngestDeps } from './knowledge-deps.ts';
import type { Robots } from './robots.ts';
import { userAgent } from './user-agent.ts';

export interface FetchedPage {
  /** Where redirects led. */
  url: URL;
  type: string;
  bytes: number;
  contentHash: string;
}

const accept =
  'text/html, application/xhtml+xml, text/markdown, text/plain, application/pdf;q=0.9, text/*;q=0.8, */*;q=0.5';
const limits = { maxBytes: 50_000_000, timeoutMs: 120_000 };

/**
 * @param robots asked of the address, and of where it leads; left out: nobody is
 * @throws DocumentRefusal `document-address-…`, `document-robots`, `document-too-large`; what may go away as it is
 */
export async function fetchPage(
  { guard, store }: Pick<IngestDeps, 'guard' | 'store'>,
  { address, key, robots, signal }: { address: string; key: string; robots?: Robots; signal: AbortSignal },
): Promise<FetchedPage> {
  const asked = new URL(address);
  try {
    await askRobots(robots, asked, signal);
    const response = await guard.fetch(
      asked,
      { headers: { 'user-agent': userAgent, accept }, signal },
      limits,
    );
    const url = new URL(response.url);
    if (!response.ok || !response.body) {
      await response.body?.cancel();
      throw statusOf(response, asked);
    }
    if (url.href !== asked.href) await askRobots(robots, url, signal);
    const hash = createHash('sha256');
    const { bytes } = await store.put(key, hashed(response.body as ReadableStream<Uint8Array>, hash), {
      signal,
    });
    return { url, bytes, type: response.headers.get('content-type') ?? '', contentHash: hash.digest('hex') };
  } catch (error) {
    throw refusalOf(error, asked);
  }
}

function hashed(body: ReadableStream<Uint8Array>, hash: ReturnType<typeof createHash>): Readable {
  async function* pass() {
    for await (const chunk of body) {
      hash.update(chunk);
      yield chunk;
    }
  }
  return Readable.from(pass(), { objectMode: false });
}

async function askRobots(robots: Robots | undefined, url: URL, signal: AbortSignal): Promise<void> {
  if (robots && !(await robots.mayRead(url, signal)))
    throw new DocumentRefusal('document-robots', { host: url.host });
}

/** What a server may answer otherwise in a moment is tried again; the last time it is said so. */
export class PageUnavailable extends Error {
  readonly refusal: DocumentRefusal;

  constructor(refusal: DocumentRefusal) {
    super(refusal.message);
    this.name = 'PageUnavailable';
    this.refusal = refusal;
  }
}

function statusOf({ status }: Response, { host }: URL): Error {
  const refusal = new DocumentRefusal('document-address-status', { host, status });
  return status === 408 || status === 429 || status >= 500 ? new PageUnavailable(refusal) : refusal;
}

function refusalOf(error: unknown, { host }: URL): unknown {
  if (error instanceof DocumentRefusal || error instanceof PageUnavailable || error instanceof StorageError)
    return error;
  if (error instanceof BlockedAddress) return new DocumentRefusal('document-address-refused', { host });
  if (error instanceof OutboundError && error.code === 'response-too-large')
    return new DocumentRefusal('document-too-large', { limit: `${limits.maxBytes / 1_000_000} MB` });
  if (error instanceof OutboundError && error.code === 'bad-url')
    return new DocumentRefusal('document-address-refused', { host });
  if (error instanceof Error && error.name === 'AbortError') return error;
  return new PageUnavailable(new DocumentRefusal('document-address-unreachable', { host }));
}
