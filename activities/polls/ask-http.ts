/** Asks an address for polling triggers, by the effect of the HTTP request node: its credentials, its guard, its failures. */
import { retryPolicy } from '../../contracts/graph.ts';
import type { JsonObject, JsonValue } from '../../contracts/json.ts';
import type { Effect } from '../effect.ts';
import { filesOfStep } from '../files/files-of-step.ts';
import type { PollContext } from './poll-source.ts';

const timeoutMs = 60_000;

export interface Asked {
  url: string;
  query?: { name: string; value: string }[];
  headers?: { name: string; value: string }[];
  /** A credential's id; empty: none. */
  credential?: string;
}

export interface HttpAnswer {
  status: number;
  headers: JsonObject;
  /** JSON, or text. */
  body: JsonValue;
}

/** @throws StepFailure */
export async function askHttp(
  http: Effect,
  { url, query = [], headers = [], credential = '' }: Asked,
  { context, signal, log, secrets }: PollContext,
): Promise<HttpAnswer> {
  const { items } = await http.run(
    {
      context,
      typeVersion: 1,
      parameters: {
        ...{ method: 'GET', url, query, headers, result: 'full', failOnStatus: true },
        ...(credential !== '' && { authentication: 'credential', credential }),
      },
      items: [{ json: {} }],
      now: Date.now(),
      timezone: 'UTC',
      retry: retryPolicy.parse({ maxAttempts: 1 }),
      timeoutMs,
    },
    {
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      log,
      secrets,
      files: filesOfStep(undefined, context),
    },
  );
  const { status = 0, headers: answered = {}, body = null } = items[0]?.json ?? {};
  return { status: Number(status), headers: answered as JsonObject, body };
}
