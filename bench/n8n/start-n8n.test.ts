import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { alive, processTree } from '../../tests/support/process-tree.ts';
import { n8nOrderWorkflow } from './n8n-workflow.ts';
import { type N8n, startN8n } from './start-n8n.ts';

/**
 * What of n8n is used here: its command line and its webhooks. It finds nothing until the third request, as n8n while it starts, and
 * has a child that does not listen to SIGTERM. `CRASH` is replaced by the command that fails.
 */
const DOUBLE = `#!/usr/bin/env node
const { readFileSync, writeFileSync } = require('node:fs');
const { spawn } = require('node:child_process');
const { createServer } = require('node:http');
const [command, ...rest] = process.argv.slice(2);
const flags = Object.fromEntries(rest.map((flag) => flag.slice(2).split('=')));
const database = process.env.N8N_USER_FOLDER + '/database.json';
const read = () => JSON.parse(readFileSync(database, 'utf8'));
const write = (workflows) => writeFileSync(database, JSON.stringify(workflows));
const activate = () => write(read().map((one) => one.id === flags.id ? { ...one, active: true } : one));
const commands = {
  '--version': () => console.log('some notice\\n' + VERSION),
  'import:workflow': () => write(JSON.parse(readFileSync(flags.input, 'utf8'))),
  ...(VERSION.startsWith('2.')
    ? { 'publish:workflow': activate }
    : { 'update:workflow': () => { if (flags.active === 'true') activate(); } }),
  start: () => {
    writeFileSync(process.env.N8N_USER_FOLDER + '/environment.json', JSON.stringify(process.env));
    spawn('sh', ['-c', 'trap "" TERM; while :; do sleep 1; done'], { stdio: 'inherit' });
    let requests = 0;
    const active = new Set(read().filter((one) => one.active).map((one) => '/webhook/' + one.nodes[0].parameters.path));
    createServer((request, response) => {
      const found = ++requests > 2 && request.method === 'POST' && active.has(request.url);
      response.writeHead(found ? 200 : 404).end('{}');
    }).listen(Number(process.env.N8N_PORT), process.env.N8N_LISTEN_ADDRESS);
  },
};
if (command === CRASH || !commands[command]) {
  console.error('command ' + command + ' failed, said the double');
  process.exit(1);
}
commands[command]();
`;

const workflows = [
  n8nOrderWorkflow('w1', 'respondNode', 'http://127.0.0.1:9/'),
  n8nOrderWorkflow('w2', 'immediately', 'http://127.0.0.1:9/'),
];

describe('startN8n', () => {
  let folder: string;
  let running: N8n | undefined;
  const foreign = {
    DB_TYPE: 'postgresdb',
    N8N_ENCRYPTION_KEY: 'theirs',
    NODE_OPTIONS: '--max-semi-space-size=8',
  };
  const before = Object.keys(foreign).map((name) => [name, process.env[name]] as const);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hiviex-n8n-'));
    Object.assign(process.env, foreign);
  });
  afterEach(async () => {
    await running?.stop();
    running = undefined;
    for (const [name, value] of before)
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    rmSync(folder, { recursive: true, force: true });
  });

  function start({ version = '2.41.1', crash = 'nothing' } = {}): Promise<N8n> {
    const program = join(folder, 'n8n');
    const text = DOUBLE.replaceAll('VERSION', `'${version}'`).replaceAll('CRASH', `'${crash}'`);
    writeFileSync(program, text, { mode: 0o755 });
    return startN8n({ program, folder, workflows, say: () => {} });
  }

  it.each(['2.41.1', '1.123.0'])('publishes the workflows by the command line of %s', async (version) => {
    running = await start({ version });
    expect(running.version).toBe(version);
    for (const { id } of workflows) {
      const response = await fetch(`${running.url}/${id}`, { method: 'POST' });
      expect(response.status).toBe(200);
    }
  });

  it('stops what n8n has started, too', async () => {
    running = await start();
    const tree = processTree(running.pids()[0]!);
    expect(tree.map(({ args }) => args.join(' '))).toContainEqual(expect.stringContaining('trap'));
    expect(running.pids()).toEqual(expect.arrayContaining(tree.map(({ pid }) => pid)));
    await running.stop();
    expect(alive(tree)).toEqual([]);
  });

  it("keeps away from the person's own n8n", async () => {
    running = await start();
    const environment = JSON.parse(readFileSync(join(folder, 'environment.json'), 'utf8'));
    expect(environment).toMatchObject({
      HOME: folder,
      N8N_USER_FOLDER: folder,
      N8N_LISTEN_ADDRESS: '127.0.0.1',
      DB_TYPE: 'sqlite',
      N8N_DIAGNOSTICS_ENABLED: 'false',
    });
    expect(environment.N8N_ENCRYPTION_KEY).toBeUndefined();
    expect(environment.NODE_OPTIONS).toBeUndefined();
  });

  it.each([
    [
      'import:workflow',
      'n8n could not be set up: n8n import:workflow failed: command import:workflow failed',
    ],
    ['start', 'n8n did not start: it ended.\ncommand start failed, said the double'],
  ])('says in its own words why it does not come up: %s', async (crash, message) => {
    await expect(start({ crash })).rejects.toThrow(message);
  });
});
