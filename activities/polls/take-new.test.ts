import { describe, expect, it } from '@jest/globals';
import type { PollEntry } from './poll-source.ts';
import { type PollState, takeNew } from './take-new.ts';

const entry = (id: number, cursor?: number): PollEntry => ({
  id: String(id),
  item: { json: { id } },
  cursor,
});
const ids = ({ items }: { items: { json: { id?: unknown } }[] }) => items.map(({ json }) => json.id);

/** Polls one answer after the other. */
function polled(...answers: PollEntry[][]): { state: PollState; all: unknown[][] } {
  let state: PollState | undefined;
  const all = answers.map((entries) => {
    const result = takeNew({ entries }, state);
    state = result.state;
    return ids(result);
  });
  return { state: state!, all };
}

describe('What is new', () => {
  it('is nothing at the first poll, then what was not there', () => {
    const { all } = polled([entry(1), entry(2)], [entry(3), entry(2)], [entry(3), entry(2)]);
    expect(all).toEqual([[], [3], []]);
  });

  it('is not what comes back after it was gone', () => {
    expect(polled([entry(1)], [entry(2)], [entry(1), entry(2), entry(3)]).all).toEqual([[], [2], [3]]);
  });

  it('comes once, though an answer holds it twice', () => {
    expect(polled([], [entry(1), entry(1)]).all).toEqual([[], [1]]);
  });

  it('comes in parts when it is much, none left out and none twice', () => {
    const many = Array.from({ length: 2_500 }, (_, id) => entry(id, id));
    const { all, state } = polled([], many, many, many, many);
    expect(all.map((part) => part.length)).toEqual([0, 1_000, 1_000, 500, 0]);
    expect(all.flat()).toEqual(many.map(({ item }) => item.json.id));
    expect(state.cursor).toBe(2_499);
  });

  it('moves the cursor to what was taken, and not beyond', () => {
    const large = (id: number): PollEntry => ({
      ...entry(id, id),
      item: { json: { id, text: 'x'.repeat(600_000) } },
    });
    const first = takeNew({ entries: [] }, undefined).state;
    const some = takeNew({ entries: [large(1), large(2)], mark: 'etag' }, first);
    expect(ids(some)).toEqual([1]);
    expect(some.state).toMatchObject({ cursor: 1, mark: undefined });
    const rest = takeNew({ entries: [large(1), large(2)], mark: 'etag' }, some.state);
    expect(ids(rest)).toEqual([2]);
    expect(rest.state).toMatchObject({ cursor: 2, mark: 'etag' });
  });

  it('takes what is too large by itself: its run fails where a person sees it', () => {
    const state = takeNew({ entries: [] }, undefined).state;
    const huge = { ...entry(1), item: { json: { id: 1, text: 'x'.repeat(2_000_000) } } };
    expect(ids(takeNew({ entries: [huge, entry(2)] }, state))).toEqual([1]);
  });
});
