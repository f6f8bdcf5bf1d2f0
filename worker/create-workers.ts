/**
 * The Temporal workers of this process, one per task queue. Workflow code runs on `automations` and `agents`; activities run on the queue of
 * their resource class, so that each class scales alone. Every worker shares one connection.
 */
import { availableParallelism } from 'node:os';
import type { Client } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import { type NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import type { Logger } from 'pino';
import { createAnswerStreams } from '../activities/chat/answer-streams.ts';
import { createActivities } from '../activities/index.ts';
import type { McpSettings } from '../activities/mcp/mcp-calls.ts';
import type { Bus } from '../contracts/bus.ts';
import { queues } from '../contracts/run.ts';
import type { Database, RunWriter } from '../db/index.ts';
import type { Guard } from '../outbound/guard/index.ts';
import type { Mailer } from '../outbound/mail/index.ts';
import { forgetChangedFlows } from '../runs/workspace-flows.ts';
import type { ObjectStore } from '../storage/index.ts';
import { workflowBundle } from './bundle.ts';
import { recordSinks } from './record-sinks.ts';

export interface WorkersOptions {
  connection: NativeConnection;
  /** For activities that start or signal runs. */
  client: Client;
  namespace: string;
  /** The client's. */
  dataConverter: DataConverter;
  db: Database;
  writer: RunWriter;
  log: Logger;
  /** The way to users' URLs. Close it after `stop`. */
  guard: Guard;
  /** Tells browsers that an approval changed. */
  bus: Bus;
  /** For mails to approvers. */
  mailer: Mailer;
  /** Of links in mails and expressions, without a slash at its end. */
  publicUrl: string;
  /** Where files of runs are kept, and how large one may be, in bytes. */
  files: { store: ObjectStore; maxBytes: number };
  /** Programs that may be used as MCP servers, and where they work. Left out: none. */
  mcp?: McpSettings | undefined;
  /** Queues to serve; see `queues` in contracts. */
  serve: readonly string[];
  /** Where the workflow bundle is kept between starts. */
  cacheDir: string;
}

export interface Workers {
  /** Resolves when every worker has stopped; rejects when one breaks. */
  done: Promise<void>;
  /** Lets what is under way finish (up to 10 s), then stops. */
  stop(): Promise<void>;
}

/**
 * The SDK's five seconds of the clock would fail healthy tasks of runs with much data on a machine that has too much to do, and each
 * would begin again and make that worse. That the engine comes back is what its own count of steps sees to (engine/run/work-meter.ts).
 * An option that the SDK reads (worker-options.ts, 1.24) and its type leaves out.
 */
const deadlockDetector: object = { isolateExecutionTimeout: '30s' };

/**
 * Code and documents wait for a thread, and waiting counts against their time; documents that wait are in memory besides. So no more of
 * them at once than there are cores, and of documents as many again, which are being fetched.
 */
function slots(taskQueue: string): number {
  if (taskQueue === queues.code) return availableParallelism();
  return taskQueue === queues.maintenance ? 2 * availableParallelism() : 100;
}

export async function createWorkers(options: WorkersOptions): Promise<Workers> {
  const { connection, namespace, dataConverter, serve, db, bus, writer, log, guard, files } = options;
  const { mailer, publicUrl } = options;
  const answers = createAnswerStreams({ db, bus, log });
  const activities = createActivities({
    ...{ db, log, guard, files, answers, mcp: options.mcp },
    announcements: { db, temporal: options.client, bus, mailer, log, publicUrl },
    // Not eager: the first task of a run that an activity starts may well go to another worker.
    runs: { db, writer, temporal: options.client, eagerStart: false },
  });
  const shared: Omit<WorkerOptions, 'taskQueue'> = {
    connection,
    namespace,
    dataConverter,
    activities: activities as unknown as Record<string, () => Promise<unknown>>,
    shutdownGraceTime: '10s',
    // Cancellation reaches an activity with its heartbeats: they must not be held back for long.
    maxHeartbeatThrottleInterval: '2s',
  };
  const workers = await Promise.all(
    serve.map(async (taskQueue) => {
      if (taskQueue !== queues.automations && taskQueue !== queues.agents)
        return await Worker.create({
          ...shared,
          taskQueue,
          maxConcurrentActivityTaskExecutions: slots(taskQueue),
        });
      return await Worker.create({
        ...shared,
        taskQueue,
        workflowBundle: await workflowBundle(options.cacheDir),
        sinks: recordSinks(writer),
        ...deadlockDetector,
        maxConcurrentWorkflowTaskExecutions: 40,
        maxConcurrentLocalActivityExecutions: 100,
      });
    }),
  );
  const unsubscribe = forgetChangedFlows(db, bus);
  const done = Promise.all(workers.map((worker) => worker.run())).then(() => undefined);
  return {
    done,
    stop: async () => {
      unsubscribe();
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      await done.catch(() => undefined);
      await activities[Symbol.asyncDispose]();
      await answers.close();
    },
  };
}
