/** What is wrong with the draft, checked in the browser as it is drawn, by the same rules as the server's. */
import { useDeferredValue, useEffect, useMemo } from 'react';
import type { Graph } from '../../../../../contracts/graph.ts';
import { type GraphProblem, validateForPublish } from '../../../../../contracts/validate-graph.ts';
import { checkTemplate } from '../../../../../engine/expressions/index.ts';
import type { Scene } from '../../../graph/scene.ts';
import { useGraph } from './editor-store.ts';

export function problemsOf(graph: Graph): GraphProblem[] {
  return validateForPublish(graph, { checkExpression: (expression) => checkTemplate(expression)?.message });
}

/** Also hands them to the canvas, by node. */
export function useProblems(scene: Scene['store']): readonly GraphProblem[] {
  const graph = useDeferredValue(useGraph());
  const problems = useMemo(() => problemsOf(graph), [graph]);
  useEffect(() => {
    const byNode = new Map<string, GraphProblem[]>();
    for (const problem of problems)
      if (problem.node) byNode.set(problem.node, [...(byNode.get(problem.node) ?? []), problem]);
    scene.setState({ problems: byNode });
  }, [problems, scene]);
  return problems;
}
