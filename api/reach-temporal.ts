import { Connection, type ConnectionOptions } from '@temporalio/client';

/** Milliseconds that the server may take to answer. */
const patience = 5_000;

/**
 * One attempt to reach Temporal and our namespace there, over a connection of its own: the client's tries again by itself until its
 * time is over, and its error no longer says why.
 *
 * @throws also when the server has no such namespace (yet)
 */
export async function reachTemporal(options: ConnectionOptions, namespace: string): Promise<void> {
  const connection = Connection.lazy({ ...options, interceptors: [] });
  try {
    await connection.withDeadline(Date.now() + patience, () =>
      connection.workflowService.describeNamespace({ namespace }),
    );
  } finally {
    await connection.close();
  }
}
