/**
 * The scenarios of `@modelcontextprotocol/conformance` that apply to a client that calls tools. Left out:
 *
 * - `elicitation-sep1034-client-defaults`: servers may not question people through us;
 * - `auth/basic-cimd`: an installation need not have an address that authorization servers reach, so it registers itself;
 * - `auth/pre-registration`: who has registered by hand uses an OAuth 2 credential of the workspace;
 * - `auth/scope-step-up`: asking for more takes the person, who connects again;
 * - the extensions: clients without a person (`auth/client-credentials-…`, also a credential) and access across applications.
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
