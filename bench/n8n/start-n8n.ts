/**
 * An n8n of our own to measure: in a throw-away folder, on loopback, with SQLite, as it comes, and talking to nobody. It takes in
 * workflows by its own command line, as an operator would.
 */
import { writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../../scripts/stack/free-port.ts';
import { type LeashedProcess, spawnLeashed } from '../../scripts/stack/leashed-process.ts';
import { runTool } from '../../scripts/stack/run-tool.ts';
import { type Say, sayWhile } from '../../scripts/stack/say.ts';
import { killProcesses, processTree } from '../../tests/support/process-tree.ts';
import type { N8nWorkflow } from './n8n-workflow.ts';

export interface N8nOptions {
  /** From findN8n. */
  program: string;
  /** Empty folder for its database and files. */
  folder: string;
  /** Published; each is called once by its webhook, whose path is the workflow's id, before n8n counts as ready. */
  workflows: N8nWorkflow[];
  say: Say;
}

export interface N8n {
  version: string;
  /** Webhooks lie under it: `<url>/<path>`. */
  url: string;
  /** Itself first, then what it has started. */
  pids(): number[];
  /** Ends all of them. May be called twice. */
  stop(): Promise<void>;
}

/** Seconds. It takes seven on a quiet machine. */
const READY_WITHIN = 120;
/** From this version on a workflow is published; before, it was made active. */
const PUBLISHES_SINCE = 2;

/** Resolves when every workflow has answered. Throws with n8n's own words when it does not come up. */
export async function startN8n({ program, folder, workflows, say }: N8nOptions): Promise<N8n> {
  const port = await freePort();
  const env = environment({ program, folder, port, brokerPort: await freePort() });
  const run = async (...args: string[]) => {
    const result = await runTool(program, args, { env, cwd: folder, timeoutSeconds: 120 });
    if (!result.ok) throw new Error(`n8n could not be set up: ${result.reason}`);
    return result.output;
  };
  const version = (await run('--version')).split('\n').at(-1)!;
  await sayWhile(say, `n8n ${version} takes in the automations`, async () => {
    const file = join(folder, 'workflows.json');
    writeFileSync(file, JSON.stringify(workflows));
    await run('import:workflow', `--input=${file}`);
    for (const { id } of workflows)
      await (Number.parseInt(version, 10) >= PUBLISHES_SINCE
        ? run('publish:workflow', `--id=${id}`)
        : run('update:workflow', `--id=${id}`, '--active=true'));
  });

  const server = spawnLeashed({ command: program, args: ['start'], env, cwd: folder });
  const url = `http://127.0.0.1:${port}/webhook`;
  const end = async () => {
    const started = processTree(server.pid);
    await server.stop();
    await killProcesses(started); // what it started may have missed its end
  };
  let ending: Promise<void> | undefined;
  const stop = () => {
    ending ??= end(); // once: its pid may be somebody else's by then
    return ending;
  };
  try {
    await sayWhile(say, 'n8n starts', async () => {
      for (const { id } of workflows) await untilAnswered(server, `${url}/${id}`);
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return { version, url, pids: () => processTree(server.pid).map(({ pid }) => pid), stop };
}

/**
 * Nothing of ours but what is named here: a DB_… or N8N_… variable of the person would lead to their real n8n, and the tuning of
 * the other contestants' memory is not n8n's. N8N_EXPRESSION_ENGINE alone is passed on, which is known to change its speed.
 */
function environment(at: {
  program: string;
  folder: string;
  port: number;
  brokerPort: number;
}): NodeJS.ProcessEnv {
  const { PATH = '', N8N_EXPRESSION_ENGINE } = process.env;
  return {
    // The Node beside n8n is the one that its native parts were built for; otherwise ours.
    PATH: [dirname(at.program), dirname(process.execPath), PATH].join(delimiter),
    HOME: at.folder,
    N8N_USER_FOLDER: at.folder,
    N8N_LISTEN_ADDRESS: '127.0.0.1',
    N8N_PORT: String(at.port),
    N8N_RUNNERS_BROKER_PORT: String(at.brokerPort),
    N8N_LOG_LEVEL: 'warn',
    DB_TYPE: 'sqlite',
    N8N_DIAGNOSTICS_ENABLED: 'false',
    N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
    N8N_TEMPLATES_ENABLED: 'false',
    N8N_COMMUNITY_PACKAGES_ENABLED: 'false',
    N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
    EXTERNAL_FRONTEND_HOOKS_URLS: '',
    N8N_DIAGNOSTICS_CONFIG_FRONTEND: '',
    N8N_DIAGNOSTICS_CONFIG_BACKEND: '',
    ...(N8N_EXPRESSION_ENGINE && { N8N_EXPRESSION_ENGINE }),
  };
}

/** While n8n starts, connections are refused, then nothing is found. */
async function untilAnswered(server: LeashedProcess, url: string): Promise<void> {
  let running = true;
  void server.ended.then(() => {
    running = false;
  });
  const deadline = Date.now() + READY_WITHIN * 1_000;
  let last = 'its port stayed closed';
  while (running && Date.now() < deadline) {
    last = await call(url).catch((error: Error) => error.message);
    if (last === '') return;
    await delay(250);
  }
  const why = running ? `${url} gave no answer within ${READY_WITHIN} s (${last})` : 'it ended';
  throw new Error(`n8n did not start: ${why}.\n${server.output()}`.trim());
}

/** What went wrong, or nothing. */
async function call(url: string): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ amount: 100 }),
    signal: AbortSignal.timeout(10_000),
  });
  const text = await response.text();
  return response.ok ? '' : `${response.status} ${text.slice(0, 200)}`;
}
