import { describe, expect, it } from '@jest/globals';
import { type Graph, type GraphInput, graph } from './graph.ts';
import { validateForPublish, validateGraph } from './validate-graph.ts';

type NodeInput = NonNullable<GraphInput['nodes']>[number];

function node(id: string, type: string, more: Partial<NodeInput> = {}): NodeInput {
  return { id, name: id, type, position: { x: 0, y: 0 }, ...more };
}

function draw(
  nodes: NodeInput[],
  edges: GraphInput['edges'] = [],
  settings: GraphInput['settings'] = {},
): Graph {
  return graph.parse({ nodes, edges, settings });
}

const start = node('start', 'manual-trigger');
const short = (found: ReturnType<typeof validateGraph>) =>
  found.map(({ severity, code, node: at, field, edge }) => ({ severity, code, at, field, edge }));

describe('validateGraph', () => {
  it('finds nothing in a sound graph', () => {
    const sound = draw(
      [start, node('edit', 'edit-fields'), node('note', 'note')],
      [{ source: 'start', target: 'edit' }],
    );
    expect(validateForPublish(sound)).toEqual([]);
  });

  it.each<[string, Graph, object]>([
    ['two ids', draw([start, { ...start, name: 'other' }]), { code: 'node.id', at: 'start', field: 'id' }],
    ['two names', draw([start, { ...start, id: 'b' }]), { code: 'node.name', at: 'b', field: 'name' }],
    ['an unknown type', draw([start, node('x', 'fly')]), { code: 'node.type', at: 'x', field: 'type' }],
    [
      'a version from the future',
      draw([{ ...start, typeVersion: 99 }]),
      { code: 'node.typeVersion', at: 'start', field: 'typeVersion' },
    ],
    [
      'a missing parameter',
      draw([node('hook', 'webhook-trigger')]),
      { code: 'node.parameter', at: 'hook', field: 'parameters.path' },
    ],
    [
      'a wrong value deep inside a list',
      draw(
        [start, node('edit', 'edit-fields', { parameters: { assignments: [{ name: 'a' }, { name: '' }] } })],
        [{ source: 'start', target: 'edit' }],
      ),
      { code: 'node.parameter', at: 'edit', field: 'parameters.assignments.1.name' },
    ],
    [
      'a rule that no schema can make',
      draw([node('tick', 'schedule-trigger', { parameters: { mode: 'cron', cron: 'every day' } })]),
      { code: 'node.parameter', at: 'tick', field: 'parameters.cron' },
    ],
    [
      'a sample that is not JSON',
      draw([{ ...start, parameters: { sample: '{' } }]),
      { code: 'node.parameter', at: 'start', field: 'parameters.sample' },
    ],
    [
      'a webhook that waits for an answer nobody gives',
      draw([node('hook', 'webhook-trigger', { parameters: { path: 'a', answer: 'respondNode' } })]),
      { code: 'graph.respond', at: 'hook', field: 'parameters.answer' },
    ],
    [
      'a zone that is none',
      draw([start], [], { timezone: 'Mars/Base' }),
      { code: 'graph.timezone', field: 'settings.timezone' },
    ],
  ])('names node and field of %s', (_, bad, expected) => {
    expect(short(validateGraph(bad))).toContainEqual(
      expect.objectContaining({ severity: 'error', ...expected }),
    );
  });

  it.each<[string, NonNullable<GraphInput['edges']>[number], string]>([
    ['an absent node', { source: 'start', target: 'ghost' }, 'the absent node "ghost"'],
    ['an absent source', { source: 'ghost', target: 'if' }, 'the absent node "ghost"'],
    [
      'a port the source does not have',
      { source: 'if', sourcePort: 'maybe', target: 'if' },
      'It has: true, false.',
    ],
    [
      'a port the target does not have',
      { source: 'start', target: 'if', targetPort: 'input2' },
      'It has: main.',
    ],
    ['the input of a trigger', { source: 'if', sourcePort: 'true', target: 'start' }, 'It has: –.'],
    [
      'the error port of a node that has none',
      { source: 'if', sourcePort: 'error', target: 'if' },
      'no output "error"',
    ],
  ])('refuses a connection to %s', (_, edge, words) => {
    const problems = validateGraph(
      draw([start, node('if', 'if')], [{ source: 'start', target: 'if' }, edge]),
    );
    expect(problems).toEqual([expect.objectContaining({ severity: 'error', code: 'edge.port', edge: 1 })]);
    expect(problems[0]?.message.en).toContain(words);
  });

  it('knows ports that follow from parameters', () => {
    const cases = [{ label: 'a' }, { label: 'b' }];
    const nodes = [
      start,
      node('switch', 'switch', { parameters: { cases, fallback: false } }),
      node('merge', 'merge', { parameters: { inputs: 3 } }),
    ];
    const edge = (sourcePort: string, targetPort: string) => ({
      source: 'switch',
      sourcePort,
      target: 'merge',
      targetPort,
    });
    const from = { source: 'start', target: 'switch' };
    expect(validateGraph(draw(nodes, [from, edge('case1', 'input3')]))).toEqual([]);
    expect(short(validateGraph(draw(nodes, [from, edge('fallback', 'input3')])))).toMatchObject([
      { edge: 1 },
    ]);
    expect(short(validateGraph(draw(nodes, [from, edge('case1', 'input4')])))).toMatchObject([{ edge: 1 }]);
  });

  it('lets failures leave by the error port of a node that asks for it', () => {
    const call = node('call', 'http-request', {
      onError: 'errorPort',
      parameters: { url: 'https://a.example' },
    });
    const edges = [
      { source: 'start', target: 'call' },
      { source: 'call', sourcePort: 'error', target: 'call' },
    ];
    expect(validateGraph(draw([start, call], edges))).toEqual([]);
  });

  it('checks expressions wherever they stand, and only expressions', () => {
    const parameters = { assignments: [{ name: 'a', value: ['plain', { deep: '={{ bad' }] }] };
    const seen: string[] = [];
    const problems = validateGraph(
      draw([start, node('edit', 'edit-fields', { parameters })], [{ source: 'start', target: 'edit' }]),
      {
        checkExpression: (expression) => {
          seen.push(expression);
          return 'It does not end.';
        },
      },
    );
    expect(seen).toEqual(['={{ bad']);
    expect(problems).toEqual([
      expect.objectContaining({
        code: 'node.expression',
        field: 'parameters.assignments.0.value.1.deep',
        message: { en: 'It does not end.', pt: 'It does not end.' },
      }),
    ]);
  });

  it('asks nothing of a disabled node but its type', () => {
    const off = node('hook', 'webhook-trigger', { disabled: true, parameters: { answer: 'respondNode' } });
    expect(validateGraph(draw([start, off]))).toEqual([]);
    expect(short(validateGraph(draw([{ ...off, type: 'fly' }])))).toMatchObject([{ code: 'node.type' }]);
  });

  it('warns of what never runs, and lets it be published', () => {
    const problems = validateForPublish(draw([start, node('lost', 'no-op')]));
    expect(short(problems)).toMatchObject([{ severity: 'warning', code: 'node.unreached', at: 'lost' }]);
  });
});

describe('validateForPublish', () => {
  it.each([
    ['no node', draw([])],
    ['no trigger', draw([node('edit', 'edit-fields')])],
    ['a disabled trigger only', draw([{ ...start, disabled: true }])],
  ])('refuses a graph with %s', (_, bad) => {
    expect(short(validateForPublish(bad))).toContainEqual(
      expect.objectContaining({ severity: 'error', code: 'graph.trigger' }),
    );
  });
});
