/** For the tests beside: the input of an effect with everything filled in, and a real local server. */
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApplicationFailure, type Info } from '@temporalio/activity';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import type { EffectInput } from '../contracts/effect.ts';
import type { Failure } from '../contracts/run.ts';

/** The real context of an activity, without a server. @param info What Temporal would say of this attempt. */
export function activityContext(info: Partial<Info> = {}): MockActivityEnvironment {
  return new MockActivityEnvironment(info, { logger: new DefaultLogger('ERROR') });
}

export function effectInput(
  parameters: EffectInput['parameters'],
  over: Partial<EffectInput> = {},
): EffectInput {
  return {
    context: {
      workspace: 'ws',
      automation: 'au',
      run: 'run-1',
      node: 'n1',
      nodeName: 'My node',
      index: 0,
      idempotencyKey: 'run-1:n1:0',
    },
    typeVersion: 1,
    parameters,
    items: [{ json: {} }],
    now: Date.UTC(2024, 0, 31, 12),
    timezone: 'America/Sao_Paulo',
    retry: { maxAttempts: 3, initialIntervalMs: 1_000, backoff: 2, maxIntervalMs: 60_000 },
    timeoutMs: 30_000,
    ...over,
  };
}

/** @returns the failure a step reported. @throws when the activity succeeded or threw something else. */
export async function failureOf(
  work: Promise<unknown>,
): Promise<{ failure: Failure; error: ApplicationFailure }> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ApplicationFailure)) throw new Error(`Not a failed step: ${String(error)}`);
  return { failure: error.details?.[0] as Failure, error };
}

export interface TestServer {
  origin: string;
  host: string;
  port: number;
  /** Shows the next request, before it is answered. */
  onRequest(look: (request: IncomingMessage) => void): void;
  close(): Promise<void>;
}

/** An HTTP server on a free port of the loopback. */
export async function startServer(listener: RequestListener): Promise<TestServer> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    port,
    onRequest: (look) => void server.prependOnceListener('request', look),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
