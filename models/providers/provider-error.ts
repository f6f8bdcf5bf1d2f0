/**
 * What a provider's failure means. Both clients throw errors of one shape (`status`, `headers`, `error`), and services that speak a
 * protocol mean different things by one status: the text decides where the status can't.
 */
import { isNativeError } from 'node:util/types';
import type { ModelErrorKind } from '../../contracts/models/call.ts';
import { cutAtWord } from '../../outbound/cut-at-word.ts';
import { OutboundError } from '../../outbound/guard/index.ts';
import type { Mask } from '../../outbound/mask-secrets.ts';
import { callStopped, ModelError } from '../model-error.ts';

interface ClientError {
  status?: number;
  headers?: Headers;
  error?: unknown;
  message: string;
  name: string;
  cause?: unknown;
}

/** Characters of what a provider says. */
const longest = 400;

export function toModelError(thrown: unknown, mask: Mask, signal: AbortSignal): ModelError {
  if (thrown instanceof ModelError) return thrown;
  // The gateway aborts with the reason that counts.
  if (signal.aborted) return signal.reason instanceof ModelError ? signal.reason : callStopped();
  if (!isNativeError(thrown)) return new ModelError({ kind: 'network', says: 'The connection failed.' });
  const error = thrown as ClientError;
  const outbound = findCause(error, (cause) => cause instanceof OutboundError);
  if (outbound instanceof OutboundError)
    return new ModelError({ kind: 'network', says: `${outbound.says.en} ${outbound.hint.en}` });

  const said = mask(sayingOf(error));
  const { status } = error;
  if (status === undefined) return connectionError(error, said);
  return new ModelError({
    kind: kindOf(status, said),
    says: cutAtWord(`It answered ${status}: ${said}`, longest),
    status,
    retryAfterMs: retryAfterOf(error.headers),
  });
}

function kindOf(status: number, said: string): ModelErrorKind {
  if (/context.?(length|window)|too many tokens|maximum.{0,20}tokens|prompt is too long/i.test(said))
    return 'too-long';
  if (/insufficient.?(quota|balance|credit|funds)|credit balance|billing|payment/i.test(said))
    return 'no-credit';
  if (status === 402) return 'no-credit';
  if (status === 401 || status === 403)
    return /content|safety|moderation|policy/i.test(said) ? 'refused' : 'unauthorized';
  if (status === 404) return 'unknown-model';
  if (status === 408) return 'timeout';
  if (status === 413) return 'too-long';
  if (status === 429) return 'rate-limited';
  if (status >= 500) return 'unavailable';
  if (status >= 300 && status < 400) return 'bad-answer';
  if (/content.?(filter|policy|management)|safety/i.test(said)) return 'refused';
  if (/model.{0,80}(not found|does not exist|not exist|unknown|unsupported|no longer)/i.test(said))
    return 'unknown-model';
  return 'bad-request';
}

/** An error inside a stream that began with 200 ("overloaded"). */
export function streamedError(error: unknown, mask: Mask): ModelError {
  const { type, code, message } = (error ?? {}) as Record<string, unknown>;
  const said = mask([type, code, message].filter((part) => typeof part === 'string').join(': '));
  const kind = /rate|quota|429/i.test(said)
    ? 'rate-limited'
    : /invalid_request|bad_request/i.test(said)
      ? 'bad-request'
      : 'unavailable';
  return new ModelError({ kind, says: cutAtWord(`It broke off: ${said || 'no reason given'}`, longest) });
}

function connectionError(error: ClientError, said: string): ModelError {
  const inner = findCause(error, (cause) => typeof (cause as { code?: unknown }).code === 'string') as
    | { code: string; message: string }
    | undefined;
  if (error.name === 'SyntaxError' || /JSON/.test(said))
    return new ModelError({
      kind: 'bad-answer',
      says: 'It answered with something that is not its protocol.',
    });
  const why = inner ? `${inner.code}` : said;
  return new ModelError({ kind: 'network', says: cutAtWord(`The connection failed: ${why}`, longest) });
}

function findCause(error: unknown, wanted: (cause: object) => boolean): object | undefined {
  for (let cause = error, depth = 0; typeof cause === 'object' && cause !== null && depth < 6; depth += 1) {
    if (wanted(cause)) return cause;
    cause = (cause as { cause?: unknown }).cause;
  }
  return undefined;
}

/** `{ error: { message, code } }`, or whatever else was sent. */
function sayingOf({ error, message }: ClientError): string {
  const inner = (error as { error?: unknown } | undefined)?.error ?? error;
  const { message: told, code, type } = (inner ?? {}) as Record<string, unknown>;
  const parts = [told, code, type].filter((part) => typeof part === 'string' && part !== '');
  const whole = parts.length > 0 ? [...new Set(parts)].join(', ') : message;
  return whole.replace(/\s+/g, ' ').trim();
}

/** Seconds or a date; some say milliseconds in a header of their own. */
function retryAfterOf(headers: Headers | undefined): number | undefined {
  const ms = Number(headers?.get('retry-after-ms') ?? Number.NaN);
  if (Number.isFinite(ms) && ms >= 0) return ms;
  const value = headers?.get('retry-after');
  if (!value) return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1_000);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
