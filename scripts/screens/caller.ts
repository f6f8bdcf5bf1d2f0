/** Calls of the API by whoever is signed in, for filling what the pictures show. */
import type { APIRequestContext } from 'playwright-core';
import { isTerminal, type RunState } from '../../contracts/states.ts';

export interface Caller {
  /** @throws Error with the answer, unless it is a 2xx */
  call<T>(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, data?: unknown): Promise<T>;
  /** Waits for the run's state. @throws Error when the run ends in another */
  reaches(run: string, until: (state: RunState) => boolean): Promise<void>;
}

export function callerOf(request: APIRequestContext, base: string): Caller {
  const call: Caller['call'] = async <T>(method: string, path: string, data?: unknown) => {
    const response = await request.fetch(`${base}/api/v1${path}`, { method, data });
    if (!response.ok()) throw new Error(`${path}: ${response.status()} ${await response.text()}`);
    return (response.status() === 204 ? undefined : await response.json()) as T;
  };
  return {
    call,
    async reaches(run, until) {
      for (let tries = 0; tries < 300; tries += 1) {
        const { state } = await call<{ state: RunState }>('GET', `/runs/${run}`);
        if (until(state)) return;
        if (isTerminal(state)) throw new Error(`The run ${run} ended as ${state}.`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      throw new Error(`The run ${run} did not get where the pictures need it.`);
    },
  };
}
