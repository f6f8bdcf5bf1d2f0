import { NativeConnection } from '@temporalio/worker';
import type { Logger } from 'pino';
import type { Config } from '../contracts/config.ts';
import { installRuntime } from './runtime.ts';

/** Milliseconds that the server may take to tell of the namespace. */
const patience = 10_000;

/**
 * The connection to Temporal that workers (and, in one process, the client) share.
 *
 * @throws also when the server has no such namespace (yet): workers could do nothing there
 */
export async function connectTemporal(
  config: Config,
  address: string,
  log: Logger,
): Promise<NativeConnection> {
  installRuntime(log); // before the first connection: the SDK's runtime is made with it
  const connection = await NativeConnection.connect({
    address,
    tls: config.TEMPORAL_TLS || config.TEMPORAL_API_KEY !== undefined,
    ...(config.TEMPORAL_API_KEY && { apiKey: config.TEMPORAL_API_KEY }),
  });
  try {
    const namespace = config.TEMPORAL_NAMESPACE;
    await connection.withDeadline(Date.now() + patience, () =>
      connection.workflowService.describeNamespace({ namespace }),
    );
    return connection;
  } catch (error) {
    await connection.close();
    throw error;
  }
}
