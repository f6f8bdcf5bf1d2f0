/** What an expression gives for one input item, by the engine's own interpreter: the preview can't differ from the run. */
import type { Graph, GraphNode } from '../../../../../contracts/graph.ts';
import type { Item } from '../../../../../contracts/item.ts';
import {
  createBudget,
  createScope,
  ExpressionError,
  evaluateTemplate,
  type ScopeItem,
} from '../../../../../engine/expressions/index.ts';
import { nodePorts } from '../../../graph/connection.ts';
import { latestStep, type RunOverlay } from '../../../graph/run-overlay.ts';
import { inputOf, outputOf } from '../data/node-data.ts';

export type Preview =
  | { kind: 'value'; value: unknown }
  | { kind: 'error'; message: string }
  | { kind: 'noInput' };

export interface PreviewSource {
  graph: Graph;
  overlay: RunOverlay | undefined;
  node: GraphNode;
  automation: { id: string; name: string; published: boolean };
  /** What `$vars` reads: of a secret one, a stand-in, as in the run. */
  vars: Readonly<Record<string, string>>;
}

/** Evaluates `expression` (with its `=`) at input item `itemIndex`. Never throws. */
export function previewExpression(source: PreviewSource, expression: string, itemIndex: number): Preview {
  const items = inputOf(source.graph, source.overlay, source.node);
  if (!items && /\$(json|input|binary|item\b|\()/.test(expression)) return { kind: 'noInput' };
  try {
    const scope = scopeOf(source, items ?? [{ json: {} }], itemIndex);
    return { kind: 'value', value: evaluateTemplate(expression, scope, createBudget()) };
  } catch (error) {
    if (error instanceof ExpressionError) return { kind: 'error', message: error.message };
    return { kind: 'error', message: error instanceof Error ? error.message : String(error) };
  }
}

function scopeOf(
  { graph, overlay, node, automation, vars }: PreviewSource,
  items: readonly Item[],
  itemIndex: number,
) {
  return createScope(
    {
      items: items as readonly ScopeItem[],
      runIndex: latestStep(overlay, node.id)?.index ?? 0,
      now: Date.now(),
      zone: graph.settings.timezone,
      random: Math.random,
      workflow: { id: automation.id, name: automation.name, active: automation.published },
      vars,
      execution: { id: overlay?.run ?? 'preview', mode: 'manual' },
      parameters: node.parameters,
      node: (name) => {
        const other = graph.nodes.find((candidate) => candidate.name === name);
        if (!other) return undefined;
        const outputs = nodePorts(other).outputs;
        const itemsOf = (branch = 0): readonly ScopeItem[] =>
          (outputOf(graph, overlay, other.id, outputs[branch]?.name ?? 'main') ?? []) as readonly ScopeItem[];
        // Which port leads here is not asked: the first that gave something is what the builder looks at.
        const given = () => outputs.map((_, index) => itemsOf(index)).find((list) => list.length > 0) ?? [];
        return {
          isExecuted: given().length > 0,
          params: other.parameters,
          items: (branch) => (branch === undefined ? given() : itemsOf(branch)),
          pairedItem: (index) => given()[index] ?? given()[0],
        };
      },
    },
    Math.min(itemIndex, Math.max(0, items.length - 1)),
  );
}
