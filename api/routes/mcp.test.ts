/**
 * /mcp, driven by the protocol's own client and its conformance suite: automations and agents on a real Temporal server, a provider of
 * models on a real port. Over 300 lines: the cases share the servers, which take seconds to start.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { CallToolResultSchema, type Progress } from '@modelcontextprotocol/sdk/types.js';
import sharp from 'sharp';
import { startServer, type TestServer } from '../../activities/testing.ts';
import type { Role } from '../../contracts/access/roles.ts';
import { graph } from '../../contracts/graph.ts';
import { createMember } from '../../db/testing/people.ts';
import { describeWithTemporal, temporalBinary } from '../../scripts/stack/test-tools.ts';
import { type RunningEngine, startEngine } from '../../tests/replay/running-engine.ts';
import { chain, node } from '../../tests/support/graphs.ts';
import { publishAgent } from '../../tests/support/publish-agent.ts';
import { type ScriptedModel, startScriptedModel } from '../../tests/support/scripted-model.ts';
import { newApiKey } from '../auth/api-key.ts';
import { hashToken } from '../auth/secrets.ts';
import { eventually } from '../testing/eventually.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

const assign = (name: string, value: string) =>
  node(name, 'edit-fields', { assignments: [{ name, value }], keepOthers: false });
const called = (...fields: { name: string; type: string; required?: boolean }[]) =>
  node('called', 'sub-automation-trigger', { fields });

describeWithTemporal('The server of the Model Context Protocol', () => {
  let engine: RunningEngine;
  let models: ScriptedModel;
  /** Has a file of each type: `/image/png`, `/text/csv`, … */
  let shelf: TestServer;
  let api: TestApi;
  let key: string;
  let client: Client;
  const clients: Client[] = [];

  beforeAll(async () => {
    engine = await startEngine({ binary: temporalBinary() });
    const { db, workspace, client: temporal, bus } = engine;
    models = await startScriptedModel(db, workspace);
    api = await startTestApi({ temporal, db, bus, env: { HIVIEX_DATA_DIR: engine.folder } });
    const dot = await sharp({ create: { width: 1, height: 1, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    shelf = await startServer((request, response) => {
      const type = (request.url ?? '').slice(1);
      response.writeHead(200, { 'content-type': type }).end(type === 'image/png' ? dot : `Some ${type}`);
    });
    const publish = (name: string, ...nodes: Parameters<typeof chain>) =>
      engine.publish(name, graph.parse(chain(...nodes)));
    await publish(
      'Price of',
      called({ name: 'item', type: 'text' }),
      assign('price', '={{ $json.item.length }}'),
    );
    await publish('Waits', called(), node('long', 'wait', { amount: 1, unit: 'hours' }));
    // By names that the conformance suite calls.
    const text = assign('text', 'This is a simple text response for testing.');
    await publish('test_simple_text', called(), text);
    const steps = ['one', 'two', 'three'].map((step) => assign(step, step));
    await publish('test_tool_with_progress', called(), ...steps);
    await publish(
      'test_error_handling',
      called(),
      node('stop', 'stop-and-error', { message: 'As it should.' }),
    );
    const get = (type: string) =>
      node(type, 'http-request', { url: `${shelf.origin}/${type}`, result: 'file' });
    await publish('test_image_content', called(), get('image/png'));
    await publish('test_audio_content', called(), get('audio/wav'));
    await publish('test_embedded_resource', called(), get('text/csv'));
    const [picture, paper] = [get('image/png'), get('application/pdf')];
    const both = {
      nodes: [called(), picture, paper, node('join', 'merge')],
      edges: [picture, paper].flatMap(({ id }, at) => [
        { source: 'called', target: id },
        { source: id, target: 'join', targetPort: `input${at + 1}` },
      ]),
    };
    await engine.publish('test_multiple_content_types', graph.parse(both));
    key = await keyOf('builder');
    client = await connect(key);
  }, 180_000);
  afterAll(async () => {
    await Promise.all(clients.map((each) => each.close()));
    await api?.close();
    await engine?.close();
    await models?.stop();
    await shelf?.close();
  }, 60_000);

  async function keyOf(role: Role, user?: string): Promise<string> {
    const made = newApiKey(user === undefined ? 'service' : 'personal');
    await engine.db.inWorkspace(engine.workspace, ({ apiKeys }) =>
      apiKeys.create({ keyHash: hashToken(made.key), prefix: made.prefix, name: made.prefix, role, user }),
    );
    return made.key;
  }

  async function connect(withKey: string): Promise<Client> {
    const made = new Client({ name: 'test', version: '1' });
    const requestInit = { headers: { authorization: `Bearer ${withKey}` } };
    const transport = new StreamableHTTPClientTransport(new URL(`${api.url}/mcp`), { requestInit });
    await made.connect(transport as Parameters<Client['connect']>[0]);
    clients.push(made);
    return made;
  }

  const agent = (script: string, draft: object = {}) =>
    publishAgent(engine.db, engine.workspace, script, {
      ...{ instructions: `You are #${script}.`, model: models.model },
      ...draft,
    });
  const stateOf = (run: string) => {
    const read = () => engine.db.inWorkspace(engine.workspace, ({ runs }) => runs.get(run));
    return eventually(read, (found) => found?.finishedAt !== undefined).then((found) => found?.state);
  };
  const runOf = (result: object) => (result as { _meta: Record<string, string> })._meta['hiviex/run'] ?? '';

  describe('tools', () => {
    it('are the automations that can be called and the agents, with what they take and give', async () => {
      const output = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
      await agent('placer', { output });
      const { tools } = await client.listTools();
      expect(tools).toEqual(
        expect.arrayContaining([
          expect.objectContaining({
            ...{ name: 'Price_of', title: 'Price of', description: 'Runs the automation "Price of".' },
            inputSchema: { type: 'object', properties: { item: { type: 'string' } }, required: ['item'] },
            execution: { taskSupport: 'optional' },
          }),
          expect.objectContaining({ name: 'ask_placer', outputSchema: output }),
        ]),
      );
    });

    it('give what the automation gives back, structured', async () => {
      const result = await client.callTool({ name: 'Price_of', arguments: { item: 'banana' } });
      expect(result).toMatchObject({
        content: [{ type: 'text', text: '{"price":6}' }],
        structuredContent: { price: 6 },
      });
      const run = await engine.db.inWorkspace(engine.workspace, ({ runs }) => runs.get(runOf(result)));
      expect(run).toMatchObject({ trigger: 'sub-automation' });
    });

    it('give the files of a run', async () => {
      const { content } = await client.callTool({ name: 'test_multiple_content_types', arguments: {} });
      const pdf = Buffer.from('Some application/pdf').toString('base64');
      expect(content).toEqual([
        { type: 'text', text: expect.stringContaining('"mimeType":"image/png"') },
        { type: 'image', mimeType: 'image/png', data: expect.stringMatching(/^iVBOR/) },
        {
          type: 'resource',
          resource: {
            uri: expect.stringMatching(/^hiviex:\/\/runs\/.+\/files\//),
            ...{ mimeType: 'application/pdf', blob: pdf },
          },
        },
      ]);
    });

    it('give the answer of an agent, and its words as progress while they come', async () => {
      models.script('helper', () => 'It is all quite simple, really, once you know.');
      await agent('helper');
      const told: Progress[] = [];
      const result = await client.callTool(
        { name: 'ask_helper', arguments: { message: 'How?' } },
        undefined,
        {
          onprogress: (progress) => told.push(progress),
        },
      );
      const text = 'It is all quite simple, really, once you know.';
      expect(result.content).toEqual([{ type: 'text', text }]);
      expect(told.map(({ message }) => message).join('')).toBe(text);
      expect(told.map(({ progress }) => progress)).toEqual(told.map((_, at) => at + 1));
    });

    it('give an answer that fits the agent’s schema', async () => {
      models.script('placer', (messages) =>
        String(messages.at(-1)?.content).includes('as JSON') ? '{"city":"Recife"}' : 'In Recife.',
      );
      const result = await client.callTool({ name: 'ask_placer', arguments: { message: 'Where?' } });
      expect(result.structuredContent).toEqual({ city: 'Recife' });
    });

    it('tell what went wrong as a result, for the model that called', async () => {
      const failed = await client.callTool({ name: 'test_error_handling', arguments: {} });
      expect(failed).toMatchObject({
        isError: true,
        content: [{ text: expect.stringContaining('As it should.') }],
        _meta: { 'hiviex/code': 'stopped' },
      });
      const wrong = await client.callTool({ name: 'Price_of', arguments: { item: 7 } });
      expect(wrong).toMatchObject({ isError: true, content: [{ text: expect.stringContaining('item') }] });
      await expect(client.callTool({ name: 'nobody', arguments: {} })).rejects.toMatchObject({
        code: -32602,
      });
    });

    it('end their run when the call is cancelled, and not when the connection is lost', async () => {
      const started: string[] = [];
      const stop = engine.bus.subscribe((message) => {
        if (message.kind === 'run.events' && message.events[0]?.type === 'run.started')
          started.push(message.run);
      });
      const call = new AbortController();
      const calling = client.callTool({ name: 'Waits', arguments: {} }, undefined, { signal: call.signal });
      calling.catch(() => undefined);
      await eventually(
        async () => started.length,
        (count) => count === 1,
      );
      const lost = await connect(key);
      const losing = lost.callTool({ name: 'Waits', arguments: {} });
      losing.catch(() => undefined);
      await eventually(
        async () => started.length,
        (count) => count === 2,
      );
      await lost.close();
      call.abort();
      await expect(calling).rejects.toThrow();
      expect(await stateOf(started[0]!)).toBe('cancelled');
      const other = await engine.db.inWorkspace(engine.workspace, ({ runs }) => runs.get(started[1]!));
      expect(other?.finishedAt).toBeUndefined();
      await engine.client.workflow.getHandle(other!.workflowId).cancel();
      stop();
    });
  });

  describe('tasks', () => {
    const asTask = { task: { ttl: 60_000 } };
    async function begin(of: Client, name: string, given: object) {
      const stream = of.experimental.tasks.callToolStream(
        { name, arguments: given as Record<string, unknown> },
        CallToolResultSchema,
        asTask,
      );
      for await (const message of stream) if (message.type === 'taskCreated') return message.task;
      throw new Error('No task was made.');
    }

    it('are runs that the caller comes back for, at any process', async () => {
      const task = await begin(client, 'Price_of', { item: 'kiwi' });
      expect(task).toMatchObject({ taskId: expect.stringMatching(/^automation\./), ttl: null });
      const later = await connect(key);
      const result = await later.experimental.tasks.getTaskResult(task.taskId, CallToolResultSchema);
      expect(result.structuredContent).toEqual({ price: 4 });
      expect(await later.experimental.tasks.getTask(task.taskId)).toMatchObject({ status: 'completed' });
      await expect(later.experimental.tasks.cancelTask(task.taskId)).rejects.toMatchObject({ code: -32602 });
    });

    it('are cancelled with their run', async () => {
      const task = await begin(client, 'Waits', {});
      expect(task.status).toBe('working');
      expect(await client.experimental.tasks.cancelTask(task.taskId)).toMatchObject({ status: 'cancelled' });
      const read = () => client.experimental.tasks.getTask(task.taskId);
      expect(await eventually(read, ({ status }) => status !== 'working')).toMatchObject({
        status: 'cancelled',
      });
      const result = await client.experimental.tasks.getTaskResult(task.taskId, CallToolResultSchema);
      expect(await stateOf(runOf(result))).toBe('cancelled');
    });

    it('are nobody else’s, whatever their role', async () => {
      const { taskId } = await begin(client, 'Waits', {});
      const other = await connect(await keyOf('owner'));
      for (const ask of ['getTask', 'cancelTask'] as const)
        await expect(other.experimental.tasks[ask](taskId)).rejects.toMatchObject({ code: -32602 });
      const result = other.experimental.tasks.getTaskResult(taskId, CallToolResultSchema);
      await expect(result).rejects.toMatchObject({ code: -32602 });
      await client.experimental.tasks.cancelTask(taskId);
    });
  });

  describe('who may', () => {
    it('use what their role or a grant lets them', async () => {
      const { id: user } = await createMember(engine.db, engine.workspace, 'member');
      const member = await connect(await keyOf('member', user));
      expect((await member.listTools()).tools).toEqual([]);
      const refused = member.callTool({ name: 'Price_of', arguments: { item: 'a' } });
      await expect(refused).rejects.toMatchObject({ code: -32602 });
      const { items } = await engine.db.inWorkspace(engine.workspace, ({ automations }) =>
        automations.list({ search: 'Price of', limit: 1 }),
      );
      await engine.db.inWorkspace(engine.workspace, ({ grants }) =>
        grants.put({
          resource: { type: 'automation', id: items[0]!.id },
          ...{ grantee: { type: 'user', id: user }, level: 'use' },
        }),
      );
      expect((await member.listTools()).tools.map(({ name }) => name)).toEqual(['Price_of']);
      const result = await member.callTool({ name: 'Price_of', arguments: { item: 'a' } });
      expect(result.structuredContent).toEqual({ price: 1 });
    });

    it('is asked before anything else, and pages of others are not', async () => {
      const ping = { jsonrpc: '2.0', id: 1, method: 'ping' };
      const accept = 'application/json, text/event-stream';
      expect(await api.call('POST', '/mcp', ping, { accept })).toMatchObject({ status: 401 });
      const authorization = `Bearer ${key}`;
      const page = { accept, authorization, origin: 'https://evil.example' };
      expect(await api.call('POST', '/mcp', ping, page)).toMatchObject({ status: 403 });
      expect(await api.call('POST', '/mcp', ping, { accept, authorization })).toMatchObject({ status: 200 });
      expect(await api.call('POST', '/mcp', ping, { authorization })).toMatchObject({ status: 406 });
      expect(await api.call('GET', '/mcp', undefined, { authorization })).toMatchObject({ status: 405 });
    });
  });

  /** Scenarios of the suite that ask for what this server does not offer. */
  const leftOut: Record<string, string> = {
    'logging-set-level': 'it sends no log: a run has its own in Hiviex',
    'tools-call-with-logging': 'the same',
    'completion-complete': 'it has no prompts or resources whose arguments could be completed',
    'resources-list': 'it has no resources',
    'resources-read-text': 'it has no resources',
    'resources-read-binary': 'it has no resources',
    'resources-templates-read': 'it has no resources',
    'resources-subscribe': 'it has no resources',
    'resources-unsubscribe': 'it has no resources',
    'prompts-list': 'it has no prompts',
    'prompts-get-simple': 'it has no prompts',
    'prompts-get-with-args': 'it has no prompts',
    'prompts-get-embedded-resource': 'it has no prompts',
    'prompts-get-with-image': 'it has no prompts',
    'tools-call-sampling': 'it asks the client for nothing: models are the workspace’s',
    'tools-call-elicitation': 'it asks the client for nothing: people are asked in Hiviex',
    'elicitation-sep1034-defaults': 'the same',
    'elicitation-sep1330-enums': 'the same',
    'server-sse-polling': 'a stream can not be taken up again: what outlives a connection is a task',
    'json-schema-2020-12': 'it wants a tool with $defs; what an automation takes is a flat list of fields',
  };

  it('conforms, as far as it goes', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hiviex-conformance-'));
    const front = await withKey(api.url, key);
    const { port } = front.address() as AddressInfo;
    await writeFile(
      join(folder, 'left-out.yml'),
      `server:\n${Object.keys(leftOut)
        .map((name) => `  - ${name}\n`)
        .join('')}`,
    );
    const program = join(
      import.meta.dirname,
      '../../node_modules/@modelcontextprotocol/conformance/dist/index.js',
    );
    const url = `http://127.0.0.1:${port}/mcp`;
    const given = [program, 'server', '--url', url, '--suite', 'all', '--expected-failures', 'left-out.yml'];
    const { code, said } = await runNode(given, folder);
    // It fails for a scenario that fails and is not on the list, and for one on the list that passes.
    expect({ code, said: code === 0 ? '' : said.slice(-4_000) }).toEqual({ code: 0, said: '' });
    expect(said).toContain('server-initialize');
    front.close();
    await rm(folder, { recursive: true, force: true });
  }, 120_000);
});

/** The suite has no way to send a key. */
async function withKey(to: string, key: string): Promise<Server> {
  const server = createServer((incoming, outgoing) => {
    const { method, headers, url } = incoming;
    const onward = request(
      `${to}${url}`,
      { method, headers: { ...headers, authorization: `Bearer ${key}` } },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(outgoing);
      },
    );
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function runNode(given: string[], cwd: string): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, given, { cwd, env: { PATH: process.env.PATH } });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        said += chunk;
      });
    child.once('close', (code) => resolve({ code, said }));
  });
}
