/** A Temporal dev server for a test, with a worker that runs `automation-workflow.ts`. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { queues, type RunEvent, type RunHeader } from '../../contracts/run.ts';
import type { RunWriter } from '../../db/index.ts';
import { searchAttributeTypes } from '../../runs/search-attributes.ts';

export interface TestTemporal {
  client: TestWorkflowEnvironment['client'];
  /** Runs workflows that report to the writer. Ends with `close`. */
  work(writer: RunWriter): Promise<void>;
  close(): Promise<void>;
}

export async function startTestTemporal(): Promise<TestTemporal> {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const path = process.env.HIVIEX_TEST_TEMPORAL_BINARY ?? join(homedir(), 'go', 'bin', 'temporal');
  const environment = await TestWorkflowEnvironment.createLocal({
    server: {
      executable: { type: 'existing-path', path },
      extraArgs: Object.entries(searchAttributeTypes).flatMap(([name, type]) => [
        '--search-attribute',
        `${name}=${type}`,
      ]),
    },
  });
  let worker: Worker | undefined;
  let running: Promise<void> | undefined;
  return {
    client: environment.client,
    async work(writer) {
      worker = await Worker.create({
        connection: environment.nativeConnection,
        taskQueue: queues.automations,
        workflowsPath: fileURLToPath(new URL('./automation-workflow.ts', import.meta.url)),
        activities: {
          report: async (header: RunHeader, events: RunEvent[]) => writer.record(header, events),
        },
      });
      running = worker.run();
    },
    async close() {
      worker?.shutdown();
      await running;
      await environment.teardown();
    },
  };
}
