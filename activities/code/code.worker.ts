/** The entry of a sandbox thread (started by `code-pool.ts`): says when it begins, so that the time limit does not count the queue. */
import type { MessagePort } from 'node:worker_threads';
import { runInSandbox } from './sandbox.ts';
import type { CodeOutcome, CodeTask } from './task.ts';

export default async function work(job: { task: CodeTask; started: MessagePort }): Promise<CodeOutcome> {
  job.started.postMessage('started');
  try {
    return await runInSandbox(job.task);
  } finally {
    job.started.close();
  }
}
