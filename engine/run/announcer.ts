import type { Announcement } from '../../contracts/announcement.ts';
import type { CompiledNode } from '../graph/compile-graph.ts';
import type { RunContext } from './run-context.ts';
import type { Step } from './run-state.ts';

/** An announcement before it says of which step it is, and when. */
export type NewAnnouncement = Announcement extends infer A
  ? A extends Announcement
    ? Omit<A, 'step' | 'at'>
    : never
  : never;

/** How a step tells people of its wait. Resolves when it is written down. */
export function announcer(node: CompiledNode, step: Step, { start, ports }: RunContext) {
  const { workspace, automation, run } = start;
  const of = { workspace, automation, run, node: node.id, nodeName: node.name, index: step.index };
  return (announcement: NewAnnouncement): Promise<void> =>
    ports.announce({ ...announcement, step: of, at: ports.now() } as Announcement);
}
