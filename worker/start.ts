/**
 * Everything the worker side of a process runs: workers, record writer's reconciler, and their orderly stop. Used by the worker's
 * own entry (`main.ts`) and by the single-process mode (`scripts/serve.ts`).
 */
import type { Client } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import type { NativeConnection } from '@temporalio/worker';
import type { Logger } from 'pino';
import { createAgentReconciling } from '../activities/agents/reconcile-agent-runs.ts';
import { createEndAnswer } from '../activities/chat/end-answer.ts';
import { createAnswerReconciling } from '../activities/chat/reconcile-answers.ts';
import { createEventForgetting, createEventSweep } from '../activities/events/event-sweep.ts';
import { createKnowledgeSweep } from '../activities/knowledge/sweep-knowledge.ts';
import { createLostCallSettling } from '../activities/models/settle-lost-calls.ts';
import { createLeftValueCollection } from '../activities/records/collect-left-values.ts';
import { createIdempotencyKeyForgetting } from '../activities/records/forget-idempotency-keys.ts';
import { createScheduleHealing } from '../activities/records/heal-schedules.ts';
import { createWorkspacePurge } from '../activities/records/purge-workspaces.ts';
import { createReconciler } from '../activities/records/reconciler.ts';
import { createRetention } from '../activities/records/retention.ts';
import { createFileSweep } from '../activities/records/sweep-files.ts';
import type { Bus } from '../contracts/bus.ts';
import type { Config } from '../contracts/config.ts';
import { publicUrlOf } from '../contracts/public-url.ts';
import type { Database, RunWriter } from '../db/index.ts';
import { createGuard } from '../outbound/guard/index.ts';
import { createMailer } from '../outbound/mail/index.ts';
import type { ObjectStore } from '../storage/index.ts';
import { createWorkers, type Workers } from './create-workers.ts';
import { listenToEnds } from './listen-to-ends.ts';
import { warnOfUnfairness } from './probe-fairness.ts';

export interface WorkerSideOptions {
  config: Config;
  connection: NativeConnection;
  client: Client;
  db: Database;
  bus: Bus;
  writer: RunWriter;
  store: ObjectStore;
  /** The client's. */
  dataConverter: DataConverter;
  log: Logger;
}

export async function startWorkerSide(options: WorkerSideOptions): Promise<Workers> {
  const { config, connection, client, db, bus, writer, store, dataConverter, log } = options;
  const guard = createGuard({
    allow: config.HIVIEX_ALLOW_PRIVATE_HOSTS,
    onBlocked: (blocked) => log.warn(blocked, 'a URL of a user was refused: private address'),
  });
  const mailer = createMailer(config);
  const workers = await createWorkers({
    connection,
    client,
    namespace: config.TEMPORAL_NAMESPACE,
    dataConverter,
    db,
    bus,
    writer,
    mailer,
    publicUrl: publicUrlOf(config),
    log,
    guard,
    files: { store, maxBytes: config.HIVIEX_MAX_FILE_BYTES },
    mcp: { commands: config.HIVIEX_MCP_COMMANDS, dataDir: config.HIVIEX_DATA_DIR },
    serve: config.HIVIEX_QUEUES.split(',').map((queue) => queue.trim()),
    cacheDir: `${config.HIVIEX_DATA_DIR}/cache`,
  });
  const reconciler = createReconciler({ client, db, writer, log });
  reconciler.start();
  const agentReconciling = createAgentReconciling({ db, client, log });
  agentReconciling.start();
  const runs = { db, writer, temporal: client, eagerStart: false };
  const answerReconciling = createAnswerReconciling({
    ...{ db, client, log, endAnswer: createEndAnswer({ db, bus, log, runs }) },
  });
  answerReconciling.start();
  const announcer = listenToEnds({ runs, bus, log, publicUrl: publicUrlOf(config) });
  announcer.start();
  const purge = createWorkspacePurge({ client, db, store, log });
  purge.start();
  const forgetting = createIdempotencyKeyForgetting({ db, log });
  forgetting.start();
  const settling = createLostCallSettling({ db, log });
  settling.start();
  void warnOfUnfairness(client, log);
  const healing = createScheduleHealing({ db, client, log });
  healing.start();
  const eventSweep = createEventSweep({ runs, log });
  eventSweep.start();
  const eventForgetting = createEventForgetting({ runs, log });
  eventForgetting.start();
  const leftValues = createLeftValueCollection({ client, db, store, log });
  leftValues.start();
  const fileSweep = createFileSweep({ db, store, log });
  fileSweep.start();
  const knowledgeSweep = createKnowledgeSweep({ db, store, log });
  knowledgeSweep.start();
  const retention = createRetention({
    ...{ db, store, log },
    bodyDays: config.HIVIEX_BODY_DAYS,
    runDays: config.HIVIEX_RUN_DAYS,
  });
  retention.start();
  return {
    done: workers.done,
    stop: async () => {
      await Promise.all([
        announcer.stop(),
        reconciler.stop(),
        agentReconciling.stop(),
        answerReconciling.stop(),
        purge.stop(),
        forgetting.stop(),
        settling.stop(),
        eventSweep.stop(),
        healing.stop(),
        eventForgetting.stop(),
        leftValues.stop(),
        fileSweep.stop(),
        knowledgeSweep.stop(),
        retention.stop(),
      ]);
      await workers.stop();
      await mailer.close();
      await guard.close();
    },
  };
}
