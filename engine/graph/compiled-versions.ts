/**
 * Compiled graphs by version. A version never changes and compiling is a pure function, so every run of a version in this process
 * may share one result; a run that finds none here compiles its own and gets the same.
 */
import type { Graph } from '../../contracts/graph.ts';
import { type CompiledGraph, compileGraph } from './compile-graph.ts';

const limit = 200;
const compiled = new Map<string, CompiledGraph>();

/**
 * @param version names the automation and its version: drafts are numbered within their automation only.
 * @throws EngineFailure as `compileGraph` does.
 */
export function compiledVersion(version: string, graph: Graph): CompiledGraph {
  const known = compiled.get(version);
  if (known) return known;
  const fresh = compileGraph(graph);
  if (compiled.size >= limit) compiled.delete(compiled.keys().next().value!);
  compiled.set(version, fresh);
  return fresh;
}
