/**
 * Stands between a worker and a program that it uses as an MCP server: `node stdio-keeper.ts <command> [argument…]`. What comes in goes
 * on to the program. When nothing can come any more, because the connection was closed or the worker was killed, the program and
 * whatever it has started end: it was started for that connection alone.
 */
import { spawn } from 'node:child_process';

/** Milliseconds; shorter than the patience of the client, which kills the keeper in the end. */
const politely = 1_000;
const firmly = 1_500;

const [command = '', ...args] = process.argv.slice(2);
const isPosix = process.platform !== 'win32';
// A group of its own: programs like npx start others, which would outlive them.
const child = spawn(command, args, { stdio: ['pipe', 'inherit', 'inherit'], detached: isPosix });
let isEnding = false;

child.on('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(127);
});
child.on('exit', (code) => {
  kill('SIGKILL');
  process.exit(code ?? 1);
});
child.stdin.on('error', () => undefined);
process.stdin.pipe(child.stdin);
process.stdin.on('close', end);
process.stdin.on('error', end);
process.on('SIGTERM', end);
process.on('SIGINT', end);

function end(): void {
  if (isEnding) return;
  isEnding = true;
  child.stdin.end();
  setTimeout(() => {
    kill('SIGTERM');
    setTimeout(() => kill('SIGKILL'), firmly);
  }, politely);
}

function kill(signal: NodeJS.Signals): void {
  try {
    if (isPosix && child.pid !== undefined) process.kill(-child.pid, signal);
    else child.kill(signal);
  } catch {
    // There is nobody left.
  }
}
