/** Requests to `/api/v1` with the session's cookie. Failed ones throw a `ProblemError`. */
import { common } from '../i18n/common.ts';
import { currentLanguage, htmlLanguage, t } from '../i18n/language.ts';
import { randomId } from '../lib/random-id.ts';
import { ProblemError } from './problem-error.ts';

export const apiRoot = '/api/v1';

export interface RequestOptions {
  body?: unknown;
  /** The revision that the change is based on. */
  ifMatch?: number;
  signal?: AbortSignal;
  /** Before the path; left out: `apiRoot`. */
  root?: '';
}

/** Told when the API does not know who asks: the session has ended, or owes its second factor. */
let tellUnauthorized: () => void = () => {};
export function whenUnauthorized(listener: () => void): void {
  tellUnauthorized = listener;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** @throws ProblemError for every answer but 2xx, and for none (`status` 0). */
export async function request<T>(method: Method, path: string, options: RequestOptions = {}): Promise<T> {
  const headers = new Headers({
    accept: 'application/json',
    'accept-language': htmlLanguage(currentLanguage()),
  });
  if (options.body !== undefined) headers.set('content-type', 'application/json');
  if (options.ifMatch !== undefined) headers.set('if-match', `"${options.ifMatch}"`);
  // A POST that was sent twice (a retry after a lost answer) creates one thing.
  if (method === 'POST') headers.set('idempotency-key', randomId());
  const init: RequestInit = { method, headers, credentials: 'same-origin' };
  if (options.body !== undefined) init.body = JSON.stringify(options.body);
  if (options.signal) init.signal = options.signal;
  const response = await fetch((options.root ?? apiRoot) + path, init).catch((error: unknown) => {
    if (options.signal?.aborted) throw error;
    throw new ProblemError({
      status: 0,
      code: 'offline',
      title: t(common.noAnswer),
      detail: t(common.noAnswerNext),
    });
  });
  if (!response.ok) {
    const problem = await problemOf(response);
    if (problem.code === 'unauthorized') tellUnauthorized();
    throw problem;
  }
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}

async function problemOf(response: Response): Promise<ProblemError> {
  const body: unknown = await response.json().catch(() => undefined);
  if (typeof body === 'object' && body !== null && 'code' in body && 'title' in body)
    return new ProblemError(body as ConstructorParameters<typeof ProblemError>[0]);
  return new ProblemError({
    status: response.status,
    code: 'unknown',
    title: t(common.strangeAnswer, { status: response.status }),
    detail: t(common.strangeAnswerNext),
  });
}

/** `?a=1&b=2` of the values that are set. */
export function queryString(values: Record<string, string | number | undefined>): string {
  const set = Object.entries(values).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, String(value)]],
  );
  return set.length > 0 ? `?${new URLSearchParams(set)}` : '';
}
