/** Rows of a table as objects. */
import type { JsonObject, JsonValue } from '../../../contracts/json.ts';

/** Each column gets a name of its own: `name`, `name_2`; one without is `column_3`. */
export function columnNames(header: readonly unknown[]): string[] {
  const taken = new Set<string>();
  return header.map((cell, position) => {
    const wanted = String(cell ?? '').trim() || `column_${position + 1}`;
    let name = wanted;
    for (let nth = 2; taken.has(name); nth++) name = `${wanted}_${nth}`;
    taken.add(name);
    return name;
  });
}

/** @param names left out: `column_1`, `column_2` … Cells beyond the names get such ones too. */
export function rowObject(names: readonly string[] | undefined, cells: readonly JsonValue[]): JsonObject {
  const entries = cells.map((cell, position) => [names?.[position] ?? `column_${position + 1}`, cell]);
  const missing = (names ?? []).slice(cells.length).map((name) => [name, '']);
  // Own properties whatever their names: `__proto__` is one like any other.
  return Object.fromEntries([...entries, ...missing]) as JsonObject;
}
