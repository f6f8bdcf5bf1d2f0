/** A real IMAP server for the tests, in memory: go-imap's own. Found on PATH or in our cache, otherwise built with Go, once. */
import { setTimeout as delay } from 'node:timers/promises';
import { findGoProgram } from './find-go-program.ts';
import { freePort } from './free-port.ts';
import { isListening } from './is-listening.ts';
import { spawnLeashed } from './leashed-process.ts';
import type { Say } from './say.ts';

const READY_WITHIN = 30; // seconds

export function findImapServer(options: { say: Say }): Promise<{ path: string } | { skipped: string }> {
  const module = 'github.com/emersion/go-imap/v2/cmd/imapmemserver';
  return findGoProgram({ name: 'imapmemserver', module, version: 'v2.0.0-beta.8', minutes: 1 }, options);
}

export interface ImapServer {
  host: string;
  port: number;
  user: string;
  password: string;
  stop(): Promise<void>;
}

/** Without TLS, on loopback. Resolves once it accepts connections. @throws Error with what it printed when it does not */
export async function startImapServer(binary: string): Promise<ImapServer> {
  const login = { user: 'ana@example.com', password: 'right-pass' };
  const port = await freePort();
  const server = spawnLeashed({
    command: binary,
    args: [
      ...['-listen', `127.0.0.1:${port}`, '-insecure-auth'],
      ...['-username', login.user, '-password', login.password],
    ],
    env: { PATH: process.env.PATH },
    stopSignal: 'SIGKILL',
  });
  const deadline = Date.now() + READY_WITHIN * 1_000;
  while (!(await isListening(port))) {
    const ended = await Promise.race([server.ended, delay(100)]);
    if (ended === undefined && Date.now() < deadline) continue;
    const said = server.output();
    await server.stop();
    throw new Error(`The IMAP server did not start: ${said}`);
  }
  return { host: '127.0.0.1', port, ...login, stop: () => server.stop() };
}
