import { NativeConnection } from '@temporalio/worker';
import type { Config } from '../contracts/config.ts';

/** The connection to Temporal that workers (and, in one process, the client) share. */
export function connectTemporal(config: Config, address: string): Promise<NativeConnection> {
  return NativeConnection.connect({
    address,
    tls: config.TEMPORAL_TLS || config.TEMPORAL_API_KEY !== undefined,
    ...(config.TEMPORAL_API_KEY && { apiKey: config.TEMPORAL_API_KEY }),
  });
}
