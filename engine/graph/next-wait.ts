/** Which step a resume link leads to: the first node of its kind on the way from where the link is made. */
import type { GraphNode } from '../../contracts/graph.ts';
import type { CompiledGraph } from './compile-graph.ts';
import type { ResumeLink } from './resume-link.ts';

const answers: Record<ResumeLink, (node: GraphNode) => boolean> = {
  resumeUrl: ({ type, parameters }) => type === 'wait' && parameters.mode === 'webhook',
  resumeFormUrl: ({ type }) => type === 'form-page',
};

/** Breadth first, in the order of ports and edges; the node itself counts. Undefined: none follows. */
export function nextWait(graph: CompiledGraph, from: string, link: ResumeLink): string | undefined {
  const seen = new Set([from]);
  for (const id of seen) {
    const node = graph.byId.get(id);
    if (!node) continue;
    if (!node.disabled && answers[link](node.source)) return id;
    for (const port of [...node.outputs, 'error'])
      for (const { target } of graph.edgesFrom(id, port)) seen.add(target);
  }
  return undefined;
}
