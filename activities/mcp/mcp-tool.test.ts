import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { mcpToolNode } from '../../contracts/catalogue/mcp-tool.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { type McpDouble, sayHello, startMcpDouble } from '../../outbound/mcp/testing/mcp-double.ts';
import { approvedServer } from '../../tests/support/approved-server.ts';
import { failureOf } from '../testing.ts';
import { createTestWorkspace, type TestWorkspace } from '../testing-workspace.ts';

let workspace: TestWorkspace;
let double: McpDouble;
let server: string;

beforeAll(async () => {
  workspace = await createTestWorkspace();
  double = await startMcpDouble();
  server = await approvedServer(workspace.db, workspace.id, double);
}, 60_000);
afterAll(async () => {
  await workspace.close();
  await double.close();
});

const call = (given: JsonObject | string = { name: 'Ada' }) =>
  workspace.call(
    'mcp-tool',
    mcpToolNode.parameters.parse({ server, tool: sayHello.name, arguments: given }) as JsonObject,
  );

it('gives what is structured as the item, else JSON that is written as text, else the text', async () => {
  double.answer = () => ({ content: [{ type: 'text', text: 'ignored' }], structuredContent: { n: 1 } });
  expect((await call()).items).toEqual([{ json: { n: 1 } }]);
  double.answer = () => ({ content: [{ type: 'text', text: '{"n":2}' }] });
  expect((await call('{"name":"Ada"}')).items).toEqual([{ json: { n: 2 } }]);
  double.answer = () => ({ content: [{ type: 'text', text: 'three' }] });
  expect((await call()).items).toEqual([{ json: { text: 'three' } }]);
});

it('keeps files of a result as files of the run', async () => {
  const data = Buffer.from('of the tool').toString('base64');
  double.answer = () => ({
    content: [
      { type: 'audio', mimeType: 'audio/wav', data },
      { type: 'resource', resource: { uri: 'file:///etc/../report.bin', blob: data } },
    ],
  });
  const { binary } = (await call()).items[0]!;
  expect(binary).toMatchObject({
    data: { mimeType: 'audio/wav', bytes: 11 },
    data_2: { fileName: 'report.bin' },
  });
  expect((await workspace.read(binary!.data_2!)).toString()).toBe('of the tool');
});

it('fails with what the tool says, or with what is wrong with the arguments', async () => {
  double.answer = () => ({ isError: true, content: [{ type: 'text', text: 'No such city.' }] });
  const failed = await failureOf(call());
  expect(failed.failure).toMatchObject({ code: 'mcp-tool-failed', message: 'No such city.' });
  expect(failed.error.nonRetryable).toBe(true);
  expect((await failureOf(call('[1]'))).failure.code).toBe('bad-arguments');
});
