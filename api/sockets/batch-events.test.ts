import { expect, it } from '@jest/globals';
import type { RunEvent } from '../../contracts/run.ts';
import { createEventBatcher, type EventBatch } from './batch-events.ts';

const finished = (seq: number, items: number): RunEvent => ({
  ...{ type: 'step.finished', seq, at: 0, node: 'n', index: seq, state: 'succeeded', attempts: 1 },
  outputs: { main: Array.from({ length: items }, (_, n) => ({ json: { n, text: 'x'.repeat(100) } })) },
});

it('tells a run once, with outputs as long as they are small together, and with their numbers beyond that', () => {
  const sent: EventBatch[] = [];
  const batcher = createEventBatcher((batch) => sent.push(batch));
  const large = Array.from({ length: 6 }, (_, seq) => finished(seq, 2_000));
  batcher.add({
    run: 'r',
    automation: 'a',
    events: [{ type: 'run.started', seq: 0, at: 0, state: 'running' }],
  });
  for (const event of large) batcher.add({ run: 'r', automation: 'a', events: [event] });
  batcher.add({ run: 'other', automation: 'a', events: [finished(0, 1)] });
  batcher.close();
  expect(sent).toHaveLength(2);
  const [{ events, partial }, other] = sent as [EventBatch, EventBatch];
  expect(partial).toBe(true);
  expect(events).toHaveLength(7);
  expect(events.slice(1, 4)).toEqual(large.slice(0, 3));
  expect(events.at(-1)).toMatchObject({ outputs: {}, truncated: { main: 2_000 } });
  expect(JSON.stringify(sent).length).toBeLessThan(1_100_000);
  expect(other.partial).toBeUndefined();
  expect(other.events[0]).toMatchObject({ outputs: { main: [{ json: { n: 0 } }] } });
});
