/** An entry of Hiviex (`api/main.ts`, `worker/main.ts`) as a process of its own, leashed to the test. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { spawnLeashed } from '../../scripts/stack/leashed-process.ts';
import type { Running } from '../storm/member.ts';

const root = join(import.meta.dirname, '../..');
/** Milliseconds. */
const upWithin = 60_000;

export interface ServerProcessOptions {
  /** From the root of the checkout. */
  entry: string;
  /** All of it: nothing of ours is passed on. */
  env: Record<string, string>;
  isUp(running: Running): Promise<boolean>;
}

/** Resolves when it serves. @throws with its own words when it ends, or does not come up */
export async function serverProcess({ entry, env, isUp }: ServerProcessOptions): Promise<Running> {
  const running = spawnLeashed({
    command: process.execPath,
    args: [join(root, entry)],
    cwd: root,
    env,
  });
  let ended = false;
  void running.ended.then(() => {
    ended = true;
  });
  const end = Date.now() + upWithin;
  while (!ended && Date.now() < end) {
    if (await isUp(running)) return running;
    await sleep(50);
  }
  await running.stop();
  throw new Error(running.output());
}

/** A worker that says so at its level `info`. */
export function workerProcess(env: Record<string, string>): Promise<Running> {
  return serverProcess({
    entry: 'worker/main.ts',
    env,
    isUp: async ({ output }) => output().includes('is serving'),
  });
}
