/** Tells a caller how a run goes on: each step of an automation that ended, the words of an agent as they come. */
import type { ApiDeps } from '../deps.ts';
import type { ToolRun } from './tool-run.ts';

export interface Progress {
  /** Grows with each that is told. */
  progress: number;
  message: string;
}

/** @param nameOf of a node. @returns what ends it */
export function tellProgress(
  { bus }: Pick<ApiDeps, 'bus'>,
  { run }: Pick<ToolRun, 'run'>,
  nameOf: (node: string) => string,
  tell: (progress: Progress) => void,
): () => void {
  let progress = 0;
  const next = (message: string) => {
    progress++;
    tell({ progress, message });
  };
  return bus.subscribe((message) => {
    if (message.kind === 'agent.said' && message.run === run) next(message.text);
    if (message.kind !== 'run.events' || message.run !== run) return;
    for (const event of message.events)
      if (event.type === 'step.finished') next(`${nameOf(event.node)}: ${event.state}`);
  });
}
