/** Node names: unique, because expressions find nodes by them, and followed by expressions when they change. */

import { isExpression } from '../../../../../contracts/expression.ts';
import type { Graph, GraphNode } from '../../../../../contracts/graph.ts';
import type { JsonObject, JsonValue } from '../../../../../contracts/json.ts';

/** `base`, or `base 2`, `base 3` … when taken. */
export function uniqueName(taken: Iterable<string>, base: string): string {
  const names = new Set(taken);
  if (!names.has(base)) return base;
  const stem = base.replace(/ \d+$/, '');
  for (let number = 2; ; number++) {
    const name = `${stem} ${number}`;
    if (!names.has(name)) return name;
  }
}

/** Renames a node and every `$('Old name')` in the graph. Unchanged when the name is empty or taken. */
export function renameNode(graph: Graph, id: string, wanted: string): Graph {
  const name = wanted.trim().slice(0, 128);
  const node = graph.nodes.find((candidate) => candidate.id === id);
  if (!node || !name || name === node.name) return graph;
  if (graph.nodes.some((other) => other.id !== id && other.name === name)) return graph;
  const renames = new Map([[node.name, name]]);
  return {
    ...graph,
    nodes: graph.nodes.map((other) => {
      const followed = followRenames(other, renames);
      return other.id === id ? { ...followed, name } : followed;
    }),
  };
}

/** The node with the references in its expressions (and code) moved to the new names. */
export function followRenames(node: GraphNode, renames: ReadonlyMap<string, string>): GraphNode {
  const parameters = renamed(node.parameters, renames, node.type === 'code') as JsonObject;
  return parameters === node.parameters ? node : { ...node, parameters };
}

function renamed(value: JsonValue, renames: ReadonlyMap<string, string>, isCode: boolean): JsonValue {
  if (typeof value === 'string') return isExpression(value) || isCode ? renamedText(value, renames) : value;
  if (Array.isArray(value)) {
    const entries = value.map((entry) => renamed(entry, renames, isCode));
    return entries.some((entry, index) => entry !== value[index]) ? entries : value;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(
    ([key, entry]) => [key, renamed(entry, renames, isCode)] as const,
  );
  return entries.some(([key, entry]) => entry !== value[key]) ? Object.fromEntries(entries) : value;
}

function renamedText(text: string, renames: ReadonlyMap<string, string>): string {
  return text.replace(/\$\(\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1\s*\)/g, (whole, quote: string, raw: string) => {
    const to = renames.get(raw.replace(/\\(.)/g, '$1'));
    return to === undefined ? whole : `$(${quote}${escapeFor(quote, to)}${quote})`;
  });
}

function escapeFor(quote: string, name: string): string {
  return name.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`);
}
