/**
 * What a run does at this moment, for operators: markdown that the Temporal UI shows as the workflow's current details. It is kept
 * in memory and asked for by a query, so it costs no history.
 */
import { setCurrentDetails } from '@temporalio/workflow';
import type { Graph } from '../contracts/graph.ts';
import type { RunEvent } from '../contracts/run.ts';

/** Steps that are named; the rest is counted. */
const named = 10;

type Started = Extract<RunEvent, { type: 'step.started' }>;

export class LiveDetails {
  private readonly open = new Map<string, Started>();
  private names = new Map<string, string>();
  private ended = 0;
  private failed: string | undefined;

  nameNodes({ nodes }: Graph): void {
    this.names = new Map(nodes.map(({ id, name }) => [id, name]));
  }

  add(event: RunEvent): void {
    if (event.type === 'step.started') this.open.set(keyOf(event), event);
    if (event.type === 'run.finished') this.failed = event.failure?.message;
    if (event.type !== 'step.finished') return;
    this.open.delete(keyOf(event));
    this.ended += 1;
  }

  /** Once for each turn of the workflow. */
  show(): void {
    const lines = [...this.open.values()].slice(0, named).map((step) => `- ${this.describe(step)}`);
    const more = this.open.size - lines.length;
    setCurrentDetails(
      [
        `${this.ended} steps ended, ${this.open.size} under way.`,
        ...(lines.length > 0 ? ['', ...lines] : []),
        ...(more > 0 ? [`- and ${more} more`] : []),
        ...(this.failed === undefined ? [] : ['', `Failed: ${this.failed}`]),
      ].join('\n'),
    );
  }

  private describe({ node, index, state, until }: Started): string {
    const name = `**${this.names.get(node) ?? node}**${index > 0 ? ` #${index}` : ''}`;
    if (state !== 'waiting') return `${name} runs`;
    return until === undefined ? `${name} waits` : `${name} waits until ${new Date(until).toISOString()}`;
  }
}

function keyOf({ node, index }: { node: string; index: number }): string {
  return `${node}\0${index}`;
}
