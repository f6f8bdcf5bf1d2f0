/** A Node process of ours that says on its standard output when it is ready. */
import { spawn } from 'node:child_process';

export interface Child {
  pid: number;
  /** The line that said it is ready. */
  line: string;
  stop(): Promise<void>;
}

export async function startChild(script: string, env: Record<string, string>, ready: RegExp): Promise<Child> {
  const child = spawn(process.execPath, [script], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const line = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const found = text.split('\n').find((candidate) => ready.test(candidate));
      if (found) resolve(found);
    });
    ended.then(() => reject(new Error(`${script} ended before it was ready:\n${text}`)));
  });
  return {
    pid: child.pid!,
    line,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
