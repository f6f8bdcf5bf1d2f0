import { StepFailure } from '../../contracts/effect.ts';
import { type Guard, OutboundError } from '../../outbound/guard/index.ts';
import { networkFailure } from '../http/network-failure.ts';
import { parseUrl } from '../http/request.ts';

/** Bytes. The largest feeds of podcasts have a few megabytes. */
const maxBytes = 10_000_000;

const accept =
  'application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5';

interface FetchOptions {
  guard: Guard;
  signal: AbortSignal;
  /** Milliseconds for all of it. */
  timeoutMs: number;
}

/** @returns the feed's text, in whatever encoding it came. @throws StepFailure */
export async function fetchFeed(
  address: string,
  { guard, signal, timeoutMs }: FetchOptions,
): Promise<string> {
  const url = parseUrl(address);
  try {
    const init = { headers: { 'user-agent': 'Hiviex', accept }, signal };
    const response = await guard.fetch(url, init, { maxBytes, timeoutMs });
    if (!response.ok) {
      await response.body?.cancel();
      throw refused(url, response);
    }
    const bytes = new Uint8Array(await response.arrayBuffer());
    return decode(bytes, response.headers.get('content-type') ?? '');
  } catch (error) {
    if (error instanceof OutboundError)
      throw new StepFailure({ code: error.code, message: error.says.en, hint: error.hint.en });
    throw networkFailure(error, { url, method: 'GET' });
  }
}

/** The header's charset, else the one that the XML declares, else UTF-8. */
function decode(bytes: Uint8Array, contentType: string): string {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  const named =
    /charset="?([\w-]+)/i.exec(contentType)?.[1] ?? /^[^<]*<\?xml[^>]*encoding=["']([\w-]+)/i.exec(head)?.[1];
  try {
    return new TextDecoder(named ?? 'utf-8').decode(bytes);
  } catch {
    return new TextDecoder('utf-8').decode(bytes);
  }
}

function refused({ host }: URL, { status, statusText }: Response): StepFailure {
  const retryable = status === 429 || status === 408 || status >= 500;
  return new StepFailure(
    {
      code: `http-${status}`,
      message: `${host} answered ${`${status} ${statusText}`.trim()} instead of a feed.`,
      hint: retryable
        ? 'The fault is on the other side: a retry helps when it is passing.'
        : 'Open the address in a browser: feeds move, and some want to be asked with another address.',
    },
    { retryable },
  );
}
