import type { InjectedSinks } from '@temporalio/worker';
import type { RunWriter } from '../db/index.ts';
import type { RecordSinks } from '../workflows/run-record.ts';

/**
 * Where workflows' events arrive. Called during replay as well: what a dead worker had in memory is written by the one that takes
 * over; what is stored already changes nothing.
 */
export function recordSinks(writer: RunWriter): InjectedSinks<RecordSinks> {
  return {
    record: {
      add: {
        callDuringReplay: true,
        fn: (_workflow, header, events) => writer.record(header, events),
      },
    },
  };
}
