/** Cursors of lists that are ordered by a moment and an id: opaque to clients, stable while rows are added. */
export interface Position {
  at: string;
  id: string;
}

export interface Page<T> {
  items: T[];
  nextCursor?: string;
}

export function encodeCursor({ at, id }: Position): string {
  return Buffer.from(`${at} ${id}`).toString('base64url');
}

/** @returns undefined for anything that `encodeCursor` did not make: the list then begins at its start. */
export function decodeCursor(cursor: string | undefined): Position | undefined {
  if (!cursor) return undefined;
  const [at, id, ...rest] = Buffer.from(cursor, 'base64url').toString().split(' ');
  if (!at || !id?.match(/^[\w-]+$/) || rest.length > 0 || !isMoment(at)) return undefined;
  return { at, id };
}

/** As `toMoment` writes them. What else JavaScript reads as a date may be none to the database. */
function isMoment(at: string): boolean {
  const time = Date.parse(at);
  return !Number.isNaN(time) && new Date(time).toISOString() === at;
}

/** Makes a page of `limit` entries from rows that were read with `limit + 1`. */
export function toPage<Row, T>(
  rows: Row[],
  limit: number,
  position: (row: Row) => Position,
  map: (row: Row) => T,
): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const items = shown.map(map);
  return rows.length > limit && last !== undefined
    ? { items, nextCursor: encodeCursor(position(last)) }
    : { items };
}
