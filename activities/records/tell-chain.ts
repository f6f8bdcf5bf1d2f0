/**
 * Has a run tell its record: its workflow's last execution, and those before it that continued as new, back to what is known. Each
 * execution remembers what it reported itself, and nothing of the former ones.
 */
import type { Client } from '@temporalio/client';
import type { RunHeader } from '../../contracts/run.ts';
import { isTerminal } from '../../contracts/states.ts';
import type { RunWriter } from '../../db/index.ts';
import { type Ask, formerExecution, type RunRecord } from './workflow-truth.ts';

/** Executions that one question goes back at most: each is replayed by a worker. */
const mostExecutions = 200;

export interface TellChainDeps {
  client: Client;
  writer: Pick<RunWriter, 'record'>;
  ask: Ask;
}

/** What was told, and written. */
export interface Told {
  header: RunHeader;
  /** Number of the last event; -1: there was none. */
  lastSeq: number;
  hasEnd: boolean;
  /** The last execution answered. One that was ended before its first task never can; one that nobody replays may later. */
  isUpToDate: boolean;
}

/**
 * Writes what they tell. What Temporal has not kept of the former executions, or nobody can replay, is left out. Undefined when none
 * could answer.
 *
 * @param after number of the last event that is known, -1 for none
 */
export async function tellChain(
  { client, writer, ask }: TellChainDeps,
  workflowId: string,
  after: number,
): Promise<Told | undefined> {
  let told: Told | undefined;
  let first: number | undefined;
  let execution: string | undefined;
  // The newest first: rows take events in any order, and one execution at a time is in memory.
  for (let asked = 0; asked < mostExecutions; asked++) {
    const record = await ask(workflowId, execution);
    if (record) {
      writer.record(record.header, record.events);
      first = record.events[0]?.seq ?? first;
      told ??= { header: record.header, lastSeq: -1, hasEnd: false, isUpToDate: asked === 0 };
      told.lastSeq = Math.max(told.lastSeq, record.events.at(-1)?.seq ?? -1);
      told.hasEnd ||= hasEnd(record);
    } else if (asked > 0) break;
    if (first !== undefined && first <= after + 1) break;
    execution = await formerExecution(client, workflowId, execution);
    if (execution === undefined) break;
  }
  return told;
}

function hasEnd({ events }: RunRecord): boolean {
  return events.some((event) => event.type === 'run.finished' && isTerminal(event.state));
}
