/** Runs a helper program (go, pip, apt-get …) to its end and reports instead of throwing. */
import { spawnLeashed } from './leashed-process.ts';

export type ToolResult = { ok: true; output: string } | { ok: false; reason: string };

export interface ToolOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  user?: { uid: number; gid: number };
  /** Seconds after which it is ended. Default 900. */
  timeoutSeconds?: number;
}

/** `output` holds the last 8 KB of stdout and stderr together; `reason` is one line fit for the screen. */
export async function runTool(
  command: string,
  args: string[],
  options: ToolOptions = {},
): Promise<ToolResult> {
  const { timeoutSeconds = 900, ...rest } = options;
  const tool = spawnLeashed({ command, args, ...rest, graceSeconds: 5 });
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    void tool.stop();
  }, timeoutSeconds * 1000);
  const { code, signal } = await tool.ended;
  clearTimeout(timer);
  if (code === 0) return { ok: true, output: tool.output() };
  const name = command.split('/').at(-1);
  if (timedOut) return { ok: false, reason: `${name} took longer than ${timeoutSeconds} s` };
  const lastLine = tool.output().split('\n').at(-1) || `exit code ${code ?? signal}`;
  return { ok: false, reason: `${name} ${args[0] ?? ''} failed: ${lastLine}` };
}
