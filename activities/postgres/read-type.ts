/**
 * How a column's text becomes JSON. Nothing is lost on the way: what does not fit into a number of JavaScript stays text, and dates
 * without a zone stay as the database writes them.
 */
const read: Record<number, (text: string) => unknown> = {
  16: (text) => text === 't',
  20: whole, // bigint, as count(*) gives it
  21: Number,
  23: Number,
  26: Number,
  114: parseJson,
  3802: parseJson,
  700: Number,
  701: floating,
  1184: (text) => iso(text), // timestamp with time zone
  1000: (text) => list(text, (entry) => entry === 't'),
  1005: (text) => list(text, Number),
  1007: (text) => list(text, Number),
  1016: (text) => list(text, whole),
  1009: (text) => list(text, String),
  1015: (text) => list(text, String),
  1021: (text) => list(text, Number),
  1022: (text) => list(text, floating),
  2951: (text) => list(text, String),
};

export function readsType(oid: number, format?: string): (text: string) => unknown {
  if (format === 'binary') return (value) => value;
  return read[oid] ?? ((text) => text);
}

function whole(text: string): number | string {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : text;
}

/** NaN and Infinity are not of JSON. */
function floating(text: string): number | string {
  const number = Number(text);
  return Number.isFinite(number) ? number : text;
}

function parseJson(text: string): unknown {
  return JSON.parse(text);
}

/** `2026-01-31 12:00:00+00` */
function iso(text: string): string {
  const date = new Date(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'));
  return Number.isNaN(date.getTime()) ? text : date.toISOString();
}

/** One dimension of `{1,NULL,"a,b"}`; anything deeper stays text. */
function list(text: string, entryOf: (entry: string) => unknown): unknown {
  const inner = /^\{(.*)\}$/s.exec(text)?.[1];
  if (inner === undefined || /^\{|,\{/.test(inner)) return text;
  if (inner === '') return [];
  const entries = inner.match(/"(?:[^"\\]|\\.)*"|[^,]+/gs) ?? [];
  return entries.map((entry) => {
    if (entry === 'NULL') return null;
    return entryOf(entry.startsWith('"') ? entry.slice(1, -1).replace(/\\(.)/gs, '$1') : entry);
  });
}
