/**
 * A real S3 server for the tests: versitygw, which docker-compose.yml brings along too, on a folder that is thrown away. Found on
 * PATH or in our cache, otherwise built with Go, once.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findGoProgram } from './find-go-program.ts';
import { freePort } from './free-port.ts';
import { isListening } from './is-listening.ts';
import { spawnLeashed } from './leashed-process.ts';
import type { Say } from './say.ts';

const VERSION = 'v1.7.0';
const MODULE = 'github.com/versity/versitygw/cmd/versitygw';
const READY_WITHIN = 30; // seconds

export function findVersitygw(options: { say: Say }): Promise<{ path: string } | { skipped: string }> {
  return findGoProgram({ name: 'versitygw', module: MODULE, version: VERSION, minutes: 2 }, options);
}

export interface S3Server {
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  stop(): Promise<void>;
}

/** Resolves once it accepts connections. @throws Error with what it printed when it does not */
export async function startVersitygw(binary: string): Promise<S3Server> {
  const home = mkdtempSync(join(tmpdir(), 'hiviex-s3-'));
  const [data, sidecar] = [join(home, 'data'), join(home, 'sidecar')];
  for (const folder of [join(data, 'hiviex'), sidecar]) mkdirSync(folder, { recursive: true });
  const keys = { accessKeyId: 'hiviex-test', secretAccessKey: 'hiviex-test-secret' };
  const port = await freePort();
  const server = spawnLeashed({
    command: binary,
    // Beside the data: not every file system of a test machine has extended attributes.
    args: ['posix', '--sidecar', sidecar, data],
    env: {
      PATH: process.env.PATH,
      VGW_PORT: `127.0.0.1:${port}`,
      ROOT_ACCESS_KEY: keys.accessKeyId,
      ROOT_SECRET_KEY: keys.secretAccessKey,
    },
    stopSignal: 'SIGKILL',
  });
  const stop = async () => {
    await server.stop();
    rmSync(home, { recursive: true, force: true });
  };
  const deadline = Date.now() + READY_WITHIN * 1_000;
  while (!(await isListening(port))) {
    const ended = await Promise.race([server.ended, delay(100)]);
    if (ended === undefined && Date.now() < deadline) continue;
    const said = server.output();
    await stop();
    throw new Error(`versitygw did not start: ${said}`);
  }
  return { endpoint: `http://127.0.0.1:${port}`, bucket: 'hiviex', region: 'us-east-1', ...keys, stop };
}
