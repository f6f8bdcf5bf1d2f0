/**
 * The scenarios of `@modelcontextprotocol/conformance` for clients that call tools. Left out: `elicitation-sep1034-client-defaults`, for
 * servers may not question people through us; `auth/…`, of which what applies is in `oauth`; the extensions (JWT, cross-app access).
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from '@jest/globals';

const suite = join(process.cwd(), 'node_modules/@modelcontextprotocol/conformance/dist/index.js');
const client = join(process.cwd(), 'outbound/mcp/testing/conformance-client.ts');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hiviex-mcp-conformance-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each(['initialize', 'tools_call', 'sse-retry'])(
  '%s',
  async (scenario) => {
    const command = `${process.execPath} ${client}`;
    const run = spawn(process.execPath, [suite, 'client', '--command', command, '--scenario', scenario], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said = await Promise.all([textOf(run.stdout), textOf(run.stderr)]);
    expect(said.join('\n')).toContain('OVERALL: PASSED');
  },
  60_000,
);
