import { DefaultLogger, type LogEntry, Runtime } from '@temporalio/worker';
import type { Logger } from 'pino';

let installed = false;

/** Sends the SDK's own log lines to ours. Once per process: the SDK allows no second time. */
export function installRuntime(log: Logger): void {
  if (installed) return;
  installed = true;
  const child = log.child({ part: 'temporal-sdk' });
  Runtime.install({
    logger: new DefaultLogger('WARN', (entry) => write(child, entry)),
    // Ctrl-C belongs to the process: it stops its parts in order.
    shutdownSignals: [],
  });
}

/** True of every queue that only serves activities, as all but one do. */
const expected = 'No workflows registered, not polling for workflow tasks';

function write(log: Logger, { level, message, meta }: LogEntry): void {
  if (message === expected) return;
  if (level === 'ERROR') log.error(meta ?? {}, message);
  else log.warn(meta ?? {}, message);
}
