import { NativeConnection } from '@temporalio/worker';
import type { Logger } from 'pino';
import type { Config } from '../contracts/config.ts';
import { installRuntime } from './runtime.ts';

/** The connection to Temporal that workers (and, in one process, the client) share. */
export function connectTemporal(config: Config, address: string, log: Logger): Promise<NativeConnection> {
  installRuntime(log); // before the first connection: the SDK's runtime is made with it
  return NativeConnection.connect({
    address,
    tls: config.TEMPORAL_TLS || config.TEMPORAL_API_KEY !== undefined,
    ...(config.TEMPORAL_API_KEY && { apiKey: config.TEMPORAL_API_KEY }),
  });
}
