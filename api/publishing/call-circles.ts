/**
 * Automations that call each other in a circle: the step that closes it fails in every run (`sub-automation-circle`). Only a warning, for
 * an If may never let a run come there; and the error automation that would have to tell of its own failures.
 */
import { subAutomation } from '../../contracts/catalogue/sub-automation.ts';
import type { Graph, GraphNode } from '../../contracts/graph.ts';
import { text } from '../../contracts/text.ts';
import type { GraphProblem } from '../../contracts/validate-graph.ts';
import type { PublishedCall } from '../../db/index.ts';

export interface PublishedGraph {
  id: string;
  name: string;
  graph: Graph;
}

/** @param calls what all published automations of the workspace call; what this one called before counts for nothing */
export function callCircles(
  { id, name, graph }: PublishedGraph,
  calls: readonly PublishedCall[],
): GraphProblem[] {
  const others = calls.filter(({ automation }) => automation !== id);
  const circles = graph.nodes.flatMap((node) => {
    const called = calledBy(node);
    const way = called === undefined ? undefined : wayFrom(called, id, others);
    return way ? [circle(node, [name, ...way, name])] : [];
  });
  return graph.settings.errorAutomation === id ? [...circles, ownErrors] : circles;
}

function calledBy({ type, disabled, parameters: { automation } }: GraphNode): string | undefined {
  return type === subAutomation.type && !disabled && typeof automation === 'string' ? automation : undefined;
}

/** Names of the automations from one to another, by the shortest way, the last one left out. Undefined: there is no way. */
function wayFrom(from: string, to: string, calls: readonly PublishedCall[]): string[] | undefined {
  if (from === to) return [];
  const seen = new Set([from]);
  let front: { at: string; way: string[] }[] = [{ at: from, way: [] }];
  while (front.length > 0) {
    const next: typeof front = [];
    for (const { at, way } of front)
      for (const { automation, name, calls: called } of calls) {
        if (automation !== at) continue;
        if (called === to) return [...way, name];
        if (seen.has(called)) continue;
        seen.add(called);
        next.push({ at: called, way: [...way, name] });
      }
    front = next;
  }
  return undefined;
}

function circle({ id: node, name: nodeName }: GraphNode, names: readonly string[]): GraphProblem {
  const way = names.join(' → ');
  return {
    severity: 'warning',
    code: 'call.circle',
    message: text(
      `Automations call each other in a circle: ${way}. A run that comes there fails.`,
      `Automações se chamam em círculo: ${way}. Uma execução que chegar lá falha.`,
    ),
    ...{ node, nodeName, field: 'parameters.automation' },
  };
}

const ownErrors: GraphProblem = {
  severity: 'warning',
  code: 'call.own-errors',
  message: text(
    'It is its own error automation: when that fails too, nobody is told.',
    'Ela é a própria automação de erro: se isso também falhar, ninguém fica sabendo.',
  ),
  field: 'settings.errorAutomation',
};
