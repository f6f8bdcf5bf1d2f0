/** Which nodes lie behind others, and which before them, by the edges as drawn. */
import type { Graph } from './graph.ts';

/** The nodes themselves and everything that their outputs can reach. */
export function downstreamOf({ edges }: Pick<Graph, 'edges'>, from: Iterable<string>): Set<string> {
  return walk(
    from,
    edges.map(({ source, target }) => [source, target]),
  );
}

/** The nodes themselves and everything that can reach them. */
export function upstreamOf({ edges }: Pick<Graph, 'edges'>, from: Iterable<string>): Set<string> {
  return walk(
    from,
    edges.map(({ source, target }) => [target, source]),
  );
}

function walk(from: Iterable<string>, steps: readonly [string, string][]): Set<string> {
  const next = new Map<string, string[]>();
  for (const [here, there] of steps) next.set(here, [...(next.get(here) ?? []), there]);
  const found = new Set<string>();
  const queue = [...from];
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    if (found.has(node)) continue;
    found.add(node);
    queue.push(...(next.get(node) ?? []));
  }
  return found;
}
