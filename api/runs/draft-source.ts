import type { Graph } from '../../contracts/graph.ts';
import { validateGraph } from '../../contracts/validate-graph.ts';
import { checkExpression } from '../check-expression.ts';
import { invalidGraph } from '../problems.ts';

/** What a run is of. */
export interface RunSource {
  version: { id: string; number: number };
  full: Graph;
  /** As it goes into the run's input. */
  graph: Graph | undefined;
}

/**
 * A draft travels by value, however large: there is no stored version that a worker could load. Its errors are told before it
 * runs, where a person can see them on the canvas.
 *
 * @throws ApiProblem `invalid-graph`
 */
export function draftSource({ draft, revision }: { draft: Graph; revision: number }): RunSource {
  const problems = validateGraph(draft, { checkExpression });
  if (problems.some(({ severity }) => severity === 'error')) throw invalidGraph(problems);
  return { version: { id: `draft:${revision}`, number: 0 }, full: draft, graph: draft };
}
