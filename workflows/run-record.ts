/**
 * Tells the world what a run does: each event goes out through a sink, beside history, at no cost to it. Sinks run during replay
 * too, and every event has its number, so a worker that takes a run over after a crash writes again what the dead one may have
 * lost. Outputs that are too large are told as a preview: all of them would be copied out of the workflow's thread, and be on their
 * way to records and browsers that keep as little of them. The state of the run has them whole.
 */
import { proxySinks, type Sinks, workflowInfo } from '@temporalio/workflow';
import type { Item } from '../contracts/item.ts';
import { previewOf } from '../contracts/outputs-preview.ts';
import type { RunEvent, RunHeader } from '../contracts/run.ts';
import { LiveDetails } from './live-details.ts';

export interface RecordSinks extends Sinks {
  record: {
    add(header: RunHeader, events: RunEvent[]): void;
  };
}

const { record } = proxySinks<RecordSinks>();

export class RunRecord {
  readonly header: RunHeader;
  readonly details = new LiveDetails();
  /** Kept during replay only: a query on an ended run replays it whole and finds them all here. */
  private replayed: RunEvent[] = [];
  /** What this turn of the workflow reports: told at its end, in one call. */
  private turn: RunEvent[] = [];

  constructor(header: RunHeader) {
    this.header = header;
  }

  add(event: RunEvent): void {
    if (workflowInfo().unsafe.isReplaying) this.replayed.push(event);
    else this.replayed = [];
    this.turn.push(shortened(event));
    this.details.add(event);
    if (this.turn.length === 1) void Promise.resolve().then(() => this.tell());
  }

  private tell(): void {
    const events = this.turn;
    this.turn = [];
    record.add(this.header, events);
    this.details.show();
  }

  /** What a step gave; null when it is none of those that were replayed. */
  outputsOf(node: string, index: number): Record<string, Item[]> | null {
    for (const event of this.replayed)
      if (event.type === 'step.finished' && event.node === node && event.index === index)
        return event.outputs;
    return null;
  }

  told(): { header: RunHeader; events: RunEvent[] } {
    return { header: this.header, events: this.replayed.map(shortened) };
  }
}

function shortened(event: RunEvent): RunEvent {
  if (event.type !== 'step.finished') return event;
  const preview = previewOf(event.outputs);
  return preview ? { ...event, ...preview } : event;
}
