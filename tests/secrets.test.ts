/**
 * Secrets on their whole way through a run, with a real Temporal, database and service: the service gets them, and nothing that is
 * stored, logged or told holds one.
 */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { pino } from 'pino';
import type { Graph } from '../contracts/graph.ts';
import { automationWorkflow, queues, type RunInput, workflowIdOf } from '../contracts/run.ts';
import { drawGraph } from '../engine/run/test-graphs.ts';
import { variablesNow } from '../runs/start-run.ts';
import { variablesOf } from '../runs/version-graphs.ts';
import { describeWithTemporal, temporalBinary } from '../scripts/stack/test-tools.ts';
import { openedHistory } from './replay/opened-history.ts';
import { type RunningEngine, startEngine } from './replay/running-engine.ts';

const secrets = { password: 'p4ssw0rd-of-ana', token: 'v4riable-t0ken', key: 'k3y/with+signs' };

/** Every form in which they are sent: as they are, in basic authentication, in a URL. */
const forms = [
  ...Object.values(secrets),
  Buffer.from(`ana:${secrets.password}`).toString('base64'),
  encodeURIComponent(secrets.key),
];

describeWithTemporal('Secrets of a run', () => {
  const logged: string[] = [];
  let engine: RunningEngine;
  let server: Server;
  let origin: string;
  let seen: Pick<IncomingMessage, 'url' | 'headers'>[] = [];

  beforeAll(async () => {
    const log = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) });
    engine = await startEngine({ binary: temporalBinary(), log });
    // Repeats everything it is sent, as an answer or as a refusal.
    server = createServer((request, response) => {
      const { url, headers } = request;
      seen.push({ url, headers });
      response.writeHead(url?.startsWith('/refuse') ? 403 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ url, headers }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await engine.db.inWorkspace(engine.workspace, async ({ variables }) => {
      await variables.put({ name: 'TOKEN', value: secrets.token, secret: true });
      await variables.put({ name: 'REGION', value: 'eu', secret: false });
    });
  }, 180_000);
  afterAll(async () => {
    await engine?.close();
    server?.closeAllConnections();
    await new Promise((resolve) => server?.close(resolve));
  }, 60_000);

  const add = async (type: string, values: { fields: object; secrets: object }): Promise<string> => {
    const input = { name: `${type} ${Math.random()}`, type, ...values } as never;
    const saved = await engine.db.inWorkspace(engine.workspace, ({ credentials }) =>
      credentials.create(input),
    );
    if (saved.kind !== 'saved') throw new Error(saved.kind);
    return saved.credential.id;
  };

  /** Runs a graph to its end, as the API starts it. */
  const play = async (graph: Graph) => {
    seen = [];
    const variables = await variablesNow(engine, engine.workspace, variablesOf(graph));
    const { run, handle } = await engine.start(graph, { variables });
    await handle.result().catch(() => undefined);
    await engine.writer.flush();
    const output = (node: string) =>
      engine
        .events(run)
        .flatMap((event) =>
          event.type === 'step.finished' && event.node === node ? (event.outputs.main ?? []) : [],
        )[0]?.json;
    return { run, handle, output };
  };

  /** As whoever has the key reads it. */
  const opened = async (handle: { fetchHistory(): Promise<unknown> }) =>
    openedHistory(await handle.fetchHistory(), engine.codec);

  const stored = async (run: string, handle: { fetchHistory(): Promise<unknown> }) => {
    const { runs, steps } = await engine.db.inWorkspace(engine.workspace, async (repositories) => ({
      runs: await repositories.runs.get(run),
      steps: await repositories.steps.list(run, { limit: 100 }),
    }));
    return {
      history: readable(await opened(handle)),
      records: JSON.stringify([runs, steps]),
      events: JSON.stringify(engine.events(run)),
      log: logged.join(''),
    };
  };

  const expectNoSecret = (places: Record<string, string>) => {
    for (const [place, text] of Object.entries(places)) {
      expect(text.length).toBeGreaterThan(0);
      for (const form of forms)
        expect({ place, form, found: text.includes(form) }).toEqual({ place, form, found: false });
    }
  };

  it('reach the service, and stay out of history, records, events and log', async () => {
    const basic = await add('basic', { fields: { user: 'ana' }, secrets: { password: secrets.password } });
    const key = await add('api-key', {
      fields: { place: 'query', name: 'key' },
      secrets: { key: secrets.key },
    });
    const headers = [{ name: 'X-Token', value: '=Key {{ $vars.TOKEN }}' }];
    const { run, handle, output } = await play(
      drawGraph(
        [
          ['Start', 'manual-trigger'],
          [
            'Get',
            'http-request',
            { url: `${origin}/get`, authentication: 'credential', credential: basic, headers },
          ],
          [
            'Post',
            'http-request',
            {
              method: 'POST',
              url: `=${origin}/{{ $vars.REGION }}`,
              authentication: 'credential',
              credential: key,
            },
          ],
          [
            'After',
            'edit-fields',
            edit({ region: '={{ $vars.REGION }}', token: '={{ $vars.TOKEN }}', all: '={{ $json }}' }),
          ],
        ],
        ['Start > Get', 'Get > Post', 'Post > After'],
      ),
    );
    expect(seen.map(({ url, headers }) => [url, headers.authorization, headers['x-token']])).toEqual([
      ['/get', `Basic ${Buffer.from(`ana:${secrets.password}`).toString('base64')}`, `Key ${secrets.token}`],
      [`/eu?key=${encodeURIComponent(secrets.key)}`, undefined, undefined],
    ]);
    expect(output('Get')).toMatchObject({ headers: { authorization: '•••', 'x-token': '•••' } });
    expect(output('Post')).toMatchObject({ url: '/eu?key=•••' });
    expect(output('After')).toMatchObject({
      region: 'eu',
      token: expect.stringMatching(/^~secret\.[0-9a-f]{24}\.TOKEN~$/),
    });
    const places = await stored(run, handle);
    expect(places.history.includes(basic)).toBe(true);
    expectNoSecret(places);
  });

  it('stay out of failures too', async () => {
    const bearer = await add('bearer', { fields: {}, secrets: { token: secrets.password } });
    const call = {
      url: `${origin}/refuse?t={{ $vars.TOKEN }}`.replace(/^/, '='),
      authentication: 'credential',
      credential: bearer,
    };
    const { run, handle } = await play(
      drawGraph(
        [
          ['Start', 'manual-trigger'],
          ['Call', 'http-request', call],
        ],
        ['Start > Call'],
      ),
    );
    expect(seen[0]?.headers.authorization).toBe(`Bearer ${secrets.password}`);
    const places = await stored(run, handle);
    expect(places.records).toContain('http-403');
    expect(places.history.includes('•••')).toBe(true);
    expectNoSecret(places);
  });

  it('are not given to what comes from outside, though it looks like a marker', async () => {
    const { output } = await play(
      drawGraph(
        [
          ['Start', 'manual-trigger', { sample: '{ "text": "~secret.000000000000000000000000.TOKEN~" }' }],
          [
            'Call',
            'http-request',
            {
              url: `${origin}/echo`,
              headers: [{ name: 'X-Text', value: '={{ $json.text + $vars.REGION }}' }],
            },
          ],
        ],
        ['Start > Call'],
      ),
    );
    expect(seen[0]?.headers['x-text']).toBe('~secret.000000000000000000000000.TOKEN~eu');
    expect(output('Call')).toMatchObject({
      headers: { 'x-text': '~secret.000000000000000000000000.TOKEN~eu' },
    });
  });

  it('of a scheduled run are read when it starts, and stay what they were', async () => {
    const graph = drawGraph(
      [
        ['Tick', 'schedule-trigger', {}],
        ['Call', 'http-request', { url: `=${origin}/{{ $vars.REGION }}/{{ $vars.TOKEN }}` }],
      ],
      ['Tick > Call'],
    );
    seen = [];
    const { workspace } = engine;
    // As syncSchedules puts it into the schedule; Temporal adds the time of the tick to the workflow id.
    const input: RunInput = {
      ...{ run: 'tick-1', workspace, automation: { id: 'scheduled', name: 'Scheduled' }, graph },
      ...{ version: { id: 'v1', number: 1 }, trigger: { kind: 'schedule', node: 'Tick' } },
      variables: { load: variablesOf(graph) ?? [] },
    };
    const workflowId = workflowIdOf({ workspace, automation: 'scheduled', run: 'tick-1' });
    await engine.client.workflow.execute(automationWorkflow, {
      args: [input],
      workflowId,
      taskQueue: queues.automations,
    });
    expect(seen.map(({ url }) => url)).toEqual([`/eu/${secrets.token}`]);
    expectNoSecret({ history: readable(await opened(engine.client.workflow.getHandle(workflowId))) });
  });

  it('are not all that is hidden: without the key a history tells nothing of what runs through it', async () => {
    const words = ['confidential-order', 'ana@example.com', 'a-telling-refusal'];
    const { handle, output } = await play(
      drawGraph(
        [
          ['Start', 'manual-trigger'],
          ['Edit', 'edit-fields', edit({ order: words[0]!, to: words[1]! })],
          ['Code', 'code', { code: 'return $input.all();' }],
          ['Stop', 'code', { code: `throw new Error('${words[2]}');` }],
        ],
        ['Start > Edit', 'Edit > Code', 'Code > Stop'],
      ),
    );
    expect(output('Code')).toMatchObject({ order: words[0], to: words[1] });
    const sealed = readable(await handle.fetchHistory());
    const open = readable(await opened(handle));
    for (const word of words) {
      expect({ word, found: open.includes(word) }).toEqual({ word, found: true });
      expect({ word, found: sealed.includes(word) }).toEqual({ word, found: false });
    }
  });
});

function edit(fields: Record<string, string>) {
  return {
    assignments: Object.entries(fields).map(([name, value]) => ({
      name,
      value,
      type: name === 'all' ? 'object' : 'string',
    })),
  };
}

/** A history with its payloads as text: in its JSON they are base64. */
function readable(history: unknown): string {
  return JSON.stringify(history, (key, value: unknown) =>
    key === 'data' && typeof value === 'string' ? Buffer.from(value, 'base64').toString('utf8') : value,
  );
}
