/** `$execution.resumeUrl` and `resumeFormUrl`: addresses that can be sent before the wait they end has begun. */
import type { CompiledNode } from '../graph/compile-graph.ts';
import { nextWait } from '../graph/next-wait.ts';
import type { RunContext } from './run-context.ts';
import type { ResumeLinks, Step } from './run-state.ts';

/** Has them signed, outside: the key is no business of a workflow. Of a wait that does not follow there is no link. */
export async function fetchResumeLinks(
  node: CompiledNode,
  step: Step,
  { graph, state, start, ports }: RunContext,
): Promise<ResumeLinks> {
  const links: ResumeLinks = {};
  for (const link of node.links) {
    const target = nextWait(graph, node.id, link);
    if (target === undefined) continue;
    // The wait's next step: if this node is the wait, it is this one.
    const index = target === step.node ? step.index : (state.counts.get(target) ?? 0);
    const { workspace, automation, run } = start;
    links[link] = await ports.signLink(link, {
      ...{ workspace, automation: automation.id, run, node: target, index },
    });
  }
  return links;
}
