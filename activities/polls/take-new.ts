/** Which entries of an answer are new, and what is remembered once they are taken. */
import { createHash } from 'node:crypto';
import type { Item } from '../../contracts/item.ts';
import type { JsonObject, JsonValue } from '../../contracts/json.ts';
import type { PollAnswer, PollEntry } from './poll-source.ts';

/** Entries, and bytes of JSON, that one run begins with. What is beyond comes with the next poll. */
const mostEntries = 1_000;
const mostBytes = 1_000_000;
/** Ids that are remembered, the newest; and always all that the answer holds. */
const mostSeen = 5_000;

export interface PollState {
  seen: string[];
  cursor?: JsonValue | undefined;
  mark?: JsonValue | undefined;
}

/** Undefined for what no poll wrote yet. */
export function readState(state: JsonObject | undefined): PollState | undefined {
  if (!state || !Array.isArray(state.seen)) return undefined;
  return { seen: state.seen.map(String), cursor: state.cursor, mark: state.mark };
}

export function writeState({ seen, cursor, mark }: PollState): JsonObject {
  return { seen, ...(cursor !== undefined && { cursor }), ...(mark !== undefined && { mark }) };
}

export function isKnown(former: PollState | undefined, id: string): boolean {
  return former?.seen.includes(shortened(id)) ?? false;
}

/** @param former undefined at the first poll, which only remembers what is there */
export function takeNew(
  { entries, mark, cursor }: PollAnswer,
  former: PollState | undefined,
): { state: PollState; items: Item[] } {
  const known = new Set(former?.seen);
  const unseen = new Map<string, PollEntry>();
  for (const entry of entries) {
    const id = shortened(entry.id);
    if (!known.has(id) && !unseen.has(id)) unseen.set(id, entry);
  }
  const taken = former ? cut([...unseen]) : [...unseen];
  const all = taken.length === unseen.size;
  const last = taken.findLast(([, entry]) => entry.cursor !== undefined)?.[1].cursor;
  const here = new Set(entries.map(({ id }) => shortened(id)));
  const seen = [...(former?.seen ?? []).filter((id) => !here.has(id))];
  const stillHere = [...here].filter((id) => known.has(id) || taken.some(([other]) => other === id));
  return {
    state: {
      seen: [...seen.slice(-mostSeen), ...stillHere],
      cursor: last ?? (all ? cursor : undefined) ?? former?.cursor,
      mark: all ? mark : undefined,
    },
    items: former ? taken.map(([, { item }]) => item) : [],
  };
}

function cut(entries: [string, PollEntry][]): [string, PollEntry][] {
  let bytes = 0;
  const end = entries.findIndex(([, { item }], position) => {
    bytes += Buffer.byteLength(JSON.stringify(item));
    // The first one always: what is too large fails its run, where a person sees it, and holds nobody up.
    return position > 0 && (position >= mostEntries || bytes > mostBytes);
  });
  return end < 0 ? entries : entries.slice(0, end);
}

function shortened(id: string): string {
  return createHash('sha256').update(id).digest('base64url').slice(0, 16);
}
