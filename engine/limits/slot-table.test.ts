import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { SlotRequest } from '../../contracts/limits.ts';
import { type SlotMove, SlotTable } from './slot-table.ts';

const want = (key: string, limit: number, policy: 'queue' | 'skip' | 'replace' = 'queue') => ({
  ...{ key, limit, policy },
});
const ask = (holder: string, ...wants: SlotRequest['wants']): SlotRequest => ({ holder, wants, priority: 3 });
const granted = (moves: SlotMove[]) => moves.flatMap((move) => (move.kind === 'grant' ? [move.holder] : []));

describe('A table of slots', () => {
  it('gives them out by priority, then first come', () => {
    const table = new SlotTable();
    expect(granted(table.request(ask('a', want('k', 1))))).toEqual(['a']);
    table.request(ask('b', want('k', 1)));
    table.request({ ...ask('c', want('k', 1)), priority: 1 });
    expect(granted(table.release('a'))).toEqual(['c']);
    expect(granted(table.release('c'))).toEqual(['b']);
  });

  it('answers a repeated request as it answered the first', () => {
    const table = new SlotTable();
    table.request(ask('a', want('k', 1)));
    table.request(ask('b', want('k', 1)));
    expect(table.request(ask('a', want('k', 1)))).toEqual([{ kind: 'grant', holder: 'a' }]);
    expect(table.request(ask('b', want('k', 1)))).toEqual([
      { kind: 'queue', holder: 'b', for: want('k', 1) },
    ]);
    expect(table.waiting).toBe(1);
  });

  it('skips, or makes room by cancelling the oldest, as the policy says', () => {
    const table = new SlotTable();
    table.request(ask('a', want('k', 1)));
    expect(table.request(ask('b', want('k', 1, 'skip')))).toEqual([
      { kind: 'skip', holder: 'b', for: want('k', 1, 'skip') },
    ]);
    const newest = table.request(ask('c', want('k', 1, 'replace')));
    expect(newest).toContainEqual({ kind: 'cancel', holder: 'a' });
    // It starts when the cancelled one has really ended, and a newer one takes its place in the queue.
    expect(granted(newest)).toEqual([]);
    expect(table.request(ask('d', want('k', 1, 'replace')))).toContainEqual({ kind: 'cancel', holder: 'c' });
    expect(granted(table.release('a'))).toEqual(['d']);
  });

  it('names those for whose sake a request would be refused', () => {
    const table = new SlotTable();
    table.request(ask('a', want('k', 1), want('other', 2)));
    table.request(ask('b', want('other', 2)));
    expect(table.refusersOf(ask('c', want('k', 1, 'skip')))).toEqual(['a']);
    expect(table.refusersOf(ask('c', want('k', 2, 'skip')))).toEqual([]);
    expect(table.refusersOf(ask('c', want('k', 1, 'queue')))).toEqual([]);
    expect(table.refusersOf(ask('a', want('k', 1, 'skip')))).toEqual([]);
    expect(table.refusersOf(ask('c', want('k', 1), want('other', 2, 'skip')))).toEqual(['a', 'b']);
  });

  it('takes a limit that was raised at once', () => {
    const table = new SlotTable();
    table.request(ask('a', want('k', 1)));
    table.request(ask('b', want('k', 1)));
    expect(granted(table.request(ask('c', want('k', 3)))).sort()).toEqual(['b', 'c']);
  });

  it('never gives more than the limits, never keeps one waiting that could go, and serves everybody in the end', () => {
    const limits: Record<string, number> = { workspace: 3, x: 1, y: 2 };
    const step = fc.record({
      what: fc.constantFrom('ask' as const, 'release' as const, 'again' as const),
      which: fc.nat(20),
      keys: fc.subarray(Object.keys(limits), { minLength: 1 }),
      priority: fc.integer({ min: 1, max: 5 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let table = new SlotTable();
        const asked = new Map<string, SlotRequest>();
        const holding = new Map<string, string[]>();
        const take = (moves: SlotMove[]) => {
          for (const holder of granted(moves)) {
            const request = asked.get(holder);
            if (request)
              holding.set(
                holder,
                request.wants.map(({ key }) => key),
              );
          }
          for (const [key, limit] of Object.entries(limits))
            expect([...holding.values()].filter((keys) => keys.includes(key)).length).toBeLessThanOrEqual(
              limit,
            );
        };
        for (const { what, which, keys, priority } of steps) {
          const holder = `run-${which}`;
          if (what === 'release') {
            asked.delete(holder);
            holding.delete(holder);
            take(table.release(holder));
          } else {
            const request = asked.get(holder) ?? {
              ...{ holder, priority },
              wants: keys.map((key) => want(key, limits[key]!)),
            };
            asked.set(holder, request);
            take(table.request(request));
          }
          // As through continue-as-new.
          table = new SlotTable(JSON.parse(JSON.stringify(table.state())));
          expect(table.waiting).toBe(asked.size - holding.size);
        }
        for (let rounds = 0; holding.size > 0 && rounds < 100; rounds++) {
          const [oldest] = holding.keys();
          holding.delete(oldest!);
          asked.delete(oldest!);
          take(table.release(oldest!));
        }
        expect(asked.size).toBe(0);
        expect(table.isEmpty).toBe(true);
      }),
    );
  });
});
