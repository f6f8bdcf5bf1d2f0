/**
 * The kinds of run that the storm is made of. Every call to the stub names the token of whoever asked for the run and the effect it
 * is, so that the stub alone can tell what was done for whom, and how often.
 */
import type { GraphInput } from '../../contracts/graph.ts';
import { chain, node, webhook } from '../support/graphs.ts';
import type { HiviexApi } from '../support/hiviex-api.ts';

export interface Load {
  /** The webhook's path. */
  name: string;
  graph: GraphInput;
  /** Effects that one run has, each exactly once. */
  effects: readonly string[];
}

const item = '$json.body.token';

/** A call to the stub: `effect` may hold expressions, `token` is one. */
export function call(id: string, stub: string, effect: string, { method = 'POST', token = item } = {}) {
  const url = `=${stub}/{{ ${token} }}/${effect}`;
  return node(id, 'http-request', { method, url, ...(method === 'POST' && { bodyType: 'none' }) }, { retry });
}

/** The stub is never down, but the way to it goes with the worker that dies. */
const retry = { maxAttempts: 100, initialIntervalMs: 200, backoff: 2, maxIntervalMs: 2_000 };

/** Each call gives the stub's answer; the token comes from the webhook's item. */
const later = { token: "$('webhook').item.json.body.token" };

/** Publishes an automation of each kind. @returns the kinds that callers start */
export async function publishLoads(api: HiviexApi, stub: string): Promise<Load[]> {
  const child = await api.publish(
    'child',
    chain(node('called', 'sub-automation-trigger'), call('inside', stub, 'inside', { token: '$json.token' })),
  );
  const all = loads(stub, child.id);
  for (const { name, graph } of all) await api.publish(name, graph);
  return all;
}

/** @param child the automation that one of them calls */
function loads(stub: string, child: string): Load[] {
  return [
    {
      name: 'posts',
      graph: chain(
        webhook('posts'),
        call('a', stub, 'a'),
        call('b', stub, 'b', later),
        call('c', stub, 'c', later),
      ),
      effects: ['a', 'b', 'c'],
    },
    {
      name: 'gets',
      graph: chain(
        webhook('gets'),
        call('a', stub, 'a', { method: 'GET' }),
        call('b', stub, 'b', { method: 'GET', ...later }),
        call('c', stub, 'c', { method: 'GET', ...later }),
      ),
      effects: ['a', 'b', 'c'],
    },
    {
      // Answers large enough to be kept in the object store instead of the history, and one as a file.
      name: 'large',
      graph: chain(
        webhook('large'),
        node('make', 'code', {
          code: "return [{ text: 'x'.repeat(300_000), body: $input.first().json.body }];",
        }),
        call('a', stub, 'a'),
        node(
          'file',
          'http-request',
          { method: 'GET', url: `=${stub}/{{ ${later.token} }}/file`, result: 'file' },
          { retry },
        ),
        call('b', stub, 'b', later),
      ),
      effects: ['a', 'file', 'b'],
    },
    {
      name: 'calls',
      graph: chain(
        webhook('calls'),
        node('child', 'sub-automation', {
          automation: child,
          values: [{ name: 'token', value: `={{ ${item} }}` }],
        }),
        call('after', stub, 'after', later),
      ),
      effects: ['inside', 'after'],
    },
    {
      name: 'approvals',
      graph: {
        nodes: [
          webhook('approvals'),
          node('ask', 'approval', {
            title: `={{ ${item} }}`,
            approvers: [{ kind: 'role', who: 'owner' }],
            mail: false,
          }),
          call('after', stub, 'after', later),
        ],
        edges: [
          { source: 'webhook', target: 'ask' },
          { source: 'ask', sourcePort: 'approved', target: 'after' },
        ],
      },
      effects: ['after'],
    },
    {
      name: 'waits',
      graph: chain(
        webhook('waits'),
        node('wait', 'wait', { amount: '={{ $json.body.seconds }}', unit: 'seconds' }),
        call('after', stub, 'after'),
      ),
      effects: ['after'],
    },
    {
      name: 'loops',
      graph: {
        nodes: [
          webhook('loops'),
          node('items', 'code', {
            code: 'return [1, 2, 3].map((n) => ({ n, body: $input.first().json.body }));',
          }),
          node('loop', 'loop', { batchSize: 1 }),
          call('each', stub, 'each-{{ $json.n }}'),
          node('once', 'limit', { maxItems: 1 }),
          call('done', stub, 'done', later),
        ],
        edges: [
          { source: 'webhook', target: 'items' },
          { source: 'items', target: 'loop' },
          { source: 'loop', sourcePort: 'loop', target: 'each' },
          { source: 'each', target: 'loop' },
          { source: 'loop', sourcePort: 'done', target: 'once' },
          { source: 'once', target: 'done' },
        ],
      },
      effects: ['each-1', 'each-2', 'each-3', 'done'],
    },
  ];
}
