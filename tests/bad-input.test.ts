/**
 * Whatever people draw or send, they are told what is wrong with it, and nobody else notices: while each of these goes on, another
 * automation's webhook is called again and again and has to answer as always, from the same process.
 */
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Automation } from '../contracts/api/automations.ts';
import type { GraphInput } from '../contracts/graph.ts';
import type { Problem } from '../contracts/problems.ts';
import { describeWithTemporal } from '../scripts/stack/test-tools.ts';
import { chain, type NodeInput, node, webhook } from './support/graphs.ts';
import { dataFolder, type Hiviex } from './support/hiviex.ts';
import type { Answer } from './support/hiviex-api.ts';
import { type StubServer, startStub } from './support/stub-server.ts';

const startMs = 120_000;

describeWithTemporal('bad input', () => {
  const data = dataFolder();
  let hiviex: Hiviex;
  let pids: number[];
  let big: StubServer;

  beforeAll(async () => {
    big = await startStub({
      answer: (_, response) => {
        response.setHeader('content-type', 'text/plain');
        response.end(Buffer.alloc(40_000_000, 'x'));
      },
    });
    hiviex = await data.start();
    pids = hiviex.tree().map(({ pid }) => pid);
    const total = { assignments: [{ name: 'total', value: '={{ $json.body.amount * 2 }}' }] };
    const graph = chain(webhook('good', { answer: 'lastNode' }), node('total', 'edit-fields', total));
    await hiviex.api.publish('Good', graph);
  }, startMs);
  afterAll(async () => {
    await data.remove();
    await big?.close();
  }, startMs);

  /** Does the work while a good webhook is called, one call after the other, at least once after the work began. */
  async function besideOthers<T>(work: () => Promise<T>): Promise<T> {
    let done = false;
    const answers: unknown[] = [];
    const working = work().finally(() => {
      done = true;
    });
    try {
      do {
        const { status, body } = await hiviex.api.hook<{ total: number }>('good', { amount: 21 });
        answers.push([status, body.total]);
      } while (!done);
    } finally {
      await working.catch(() => undefined);
    }
    expect(answers).toEqual(answers.map(() => [200, 42]));
    expect(hiviex.tree().map(({ pid }) => pid)).toEqual(pids);
    return await working;
  }

  describe('a graph that is wrong', () => {
    const cases: {
      what: string;
      graph: GraphInput;
      error: Record<string, unknown>;
    }[] = [
      {
        what: 'a connection to an absent node',
        graph: { ...chain(webhook('absent')), edges: [{ source: 'webhook', target: 'ghost' }] },
        error: { node: 'webhook', field: 'edges.0', message: expect.stringContaining('"ghost"') },
      },
      {
        what: 'an unknown node type',
        graph: chain(webhook('unknown'), node('teleport', 'teleporter')),
        error: { node: 'teleport', field: 'type', message: expect.stringContaining('"teleporter"') },
      },
      {
        what: 'an expression that does not parse',
        graph: chain(
          webhook('unparsed'),
          node('total', 'edit-fields', { assignments: [{ name: 'total', value: '={{ $json.amount * }}' }] }),
        ),
        error: { node: 'total', field: 'parameters.assignments.0.value', code: 'node.expression' },
      },
      {
        what: 'a parameter that is missing',
        graph: chain(webhook('incomplete'), node('call', 'http-request')),
        error: { node: 'call', field: 'parameters.url' },
      },
    ];

    it.each(cases)(
      'with $what is kept as a draft and refused when published',
      async ({ what, graph, error }) => {
        await besideOthers(async () => {
          const { id } = await hiviex.api.create(what, { nodes: [], edges: [] });
          await hiviex.api.ask('PATCH', `/api/v1/automations/${id}`, { draft: graph });
          const saved = await hiviex.api.ask<Automation>('GET', `/api/v1/automations/${id}`);
          expect(saved.draft).toMatchObject(graph);
          expect(saved.problems).toContainEqual(expect.objectContaining({ node: error.node }));

          const refused = await hiviex.api.call('POST', `/api/v1/automations/${id}/publish`);
          expect(refused.status).toBe(422);
          expect(refused.body).toMatchObject({ code: 'invalid-graph', errors: [error] });
        });
      },
    );

    it('that is no graph at all is refused at once, by field', async () => {
      const { status, body } = await besideOthers(() =>
        hiviex.api.call('POST', '/api/v1/automations', { name: 'Odd', draft: { nodes: [{ id: 7 }] } }),
      );
      expect(status).toBe(400);
      expect(body.errors).toContainEqual(expect.objectContaining({ field: 'draft.nodes.0.id' }));
    });
  });

  describe('a step that can not end well', () => {
    const expression = (value: string): NodeInput =>
      node('bad', 'edit-fields', { assignments: [{ name: 'value', value: `={{ ${value} }}` }] });
    const code = (text: string, limits: { timeLimit?: number; memoryLimit?: number }): NodeInput =>
      node('bad', 'code', { code: text, ...limits });
    const http = (url: string): NodeInput => node('bad', 'http-request', { url });
    const lists = (depth: number): string =>
      depth === 0 ? '1' : `Array.from({ length: 1000 }).map(() => ${lists(depth - 1)})`;

    const cases: { what: string; bad: () => NodeInput; failure: { code: string; message: unknown } }[] = [
      {
        what: 'an expression that makes a list of a billion',
        bad: () => expression('Array.from({ length: 1e9 }).map(() => 1)'),
        failure: { code: 'expression-budget', message: expect.stringContaining('bytes of data') },
      },
      {
        what: 'an expression with loops in loops',
        bad: () => expression(lists(4)),
        failure: { code: 'expression-budget', message: expect.stringContaining('more than') },
      },
      {
        what: 'an expression that calls itself for ever',
        bad: () => expression('((again) => again(again))((again) => again(again))'),
        failure: { code: 'expression-budget', message: expect.stringContaining('too deeply') },
      },
      {
        what: 'an expression with a regular expression that explodes',
        bad: () => expression(`/^(a+)+$/.test('${'a'.repeat(60)}!')`),
        failure: { code: 'expression-budget', message: expect.stringContaining('steps') },
      },
      {
        what: 'code that never ends',
        bad: () => code('while (true) {}', { timeLimit: 2 }),
        failure: { code: 'code-timeout', message: expect.stringContaining('2 s') },
      },
      {
        what: 'code that takes all memory',
        bad: () =>
          code('const all = []; while (true) all.push(new Array(1000).fill(all.length));', {
            memoryLimit: 32,
            timeLimit: 60,
          }),
        failure: { code: 'code-memory', message: expect.stringContaining('32 MB') },
      },
      {
        what: 'a request to a port where nobody listens',
        bad: () => http('http://127.0.0.1:1/secret-path'),
        failure: { code: 'connection-refused', message: 'Nothing accepts connections at 127.0.0.1:1.' },
      },
      {
        what: 'an answer of 40 MB',
        bad: () => http(big.url),
        failure: { code: 'response-too-large', message: expect.stringContaining('40000000 bytes') },
      },
    ];

    it.each(cases)('$what: the step says so', async ({ what, bad, failure }) => {
      const path = failure.code + what.length;
      await hiviex.api.publish(what, chain(webhook(path, { answer: 'lastNode' }), bad()));
      const answer = await besideOthers(() => hiviex.api.hook<Problem>(path));
      expect(answer.status).toBe(500);
      expect(answer.body).toMatchObject({
        code: 'run-failed',
        errors: [{ code: failure.code, node: 'bad' }],
      });

      const run = await hiviex.api.ended(answer.body.run!);
      expect(run).toMatchObject({ state: 'failed', failure: { ...failure, node: 'bad' } });
      expect(run.steps.find((step) => step.node === 'bad')).toMatchObject({ state: 'failed', failure });
    });

    it('a circle without an end: stopped at the limit of steps', async () => {
      const circle = chain(
        webhook('circle', { answer: 'lastNode' }),
        node('there', 'no-op'),
        node('back', 'no-op'),
      );
      circle.edges!.push({ source: 'back', target: 'there' });
      await hiviex.api.publish('Circle', { ...circle, settings: { maxSteps: 50 } });
      const answer = await besideOthers(() => hiviex.api.hook<Problem>('circle'));
      expect(answer.status).toBe(500);
      const run = await hiviex.api.ended(answer.body.run!);
      expect(run).toMatchObject({ state: 'failed', failure: { code: 'too-many-steps' } });
      expect(run.steps.filter(({ state }) => state === 'failed')).toMatchObject([
        { failure: { code: 'too-many-steps', message: expect.stringContaining('50') } },
      ]);
    });

    it('a circle of thousands of steps: the others go on beside it', async () => {
      const circle = chain(
        webhook('long-circle', { answer: 'lastNode' }),
        node('there', 'no-op'),
        node('back', 'no-op'),
      );
      circle.edges!.push({ source: 'back', target: 'there' });
      await hiviex.api.publish('Long circle', { ...circle, settings: { maxSteps: 5_000 } });
      const answer = await besideOthers(() => hiviex.api.hook<Problem>('long-circle'));
      expect(answer.body).toMatchObject({ code: 'run-failed', errors: [{ code: 'too-many-steps' }] });
    });
  });

  describe('a webhook call that is wrong', () => {
    it('with 50 MB is refused before it is sent', async () => {
      const { status, body } = await besideOthers(() => upload({ announced: 50_000_000 }));
      expect([status, body.code]).toEqual([413, 'too-large']);
    });

    it('with 50 MB that nobody announced is refused on the way', async () => {
      const { status, body } = await besideOthers(() => upload({ announced: undefined }));
      expect([status, body.code]).toEqual([413, 'too-large']);
    });

    it('with broken JSON gets 400', async () => {
      const { status, body } = await besideOthers(() => hiviex.api.hook<Problem>('good', '{ "amount": '));
      expect([status, body.code]).toEqual([400, 'invalid-json']);
    });

    it('for an automation that is not published gets 404', async () => {
      const graph = chain(webhook('shy'), node('end', 'no-op'));
      const { id } = await hiviex.api.create('Shy', graph);
      const call = () => besideOthers(() => hiviex.api.hook<Problem>('shy'));
      expect(await call()).toMatchObject({ status: 404, body: { code: 'webhook-not-found' } });
      await hiviex.api.ask('POST', `/api/v1/automations/${id}/publish`);
      expect(await call()).toMatchObject({ status: 202 });
      await hiviex.api.ask('POST', `/api/v1/automations/${id}/unpublish`);
      expect(await call()).toMatchObject({ status: 404, body: { code: 'webhook-not-found' } });
    });
  });

  describe('an API call that is wrong', () => {
    it('with broken JSON gets 400', async () => {
      const { status, body } = await besideOthers(() =>
        hiviex.api.call('POST', '/api/v1/automations', '{ "name": '),
      );
      expect([status, body.code]).toEqual([400, 'invalid-json']);
    });
  });

  /**
   * Sends a body of 50 MB until there is an answer. Announced, its first megabyte is all that is ever sent: a server that wants to see
   * the rest first never answers. Not announced, it goes on to the end.
   */
  function upload({
    announced,
  }: {
    announced: number | undefined;
  }): Promise<Pick<Answer<Problem>, 'status' | 'body'>> {
    return new Promise((resolve, reject) => {
      const outgoing = request(`${hiviex.url}/hooks/good`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(announced && { 'content-length': announced }) },
      });
      let answered = false;
      outgoing.once('response', async (response) => {
        answered = true;
        let text = '';
        for await (const chunk of response) text += chunk;
        outgoing.destroy();
        resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) as Problem });
      });
      outgoing.on('error', (error) => answered || reject(error));
      const megabyte = Buffer.alloc(1_000_000, ' ');
      let left = announced ? 1 : 50;
      const send = () => {
        if (answered || left === 0) return;
        left -= 1;
        outgoing.write(megabyte, send);
      };
      send();
    });
  }
});
