import type { Item } from '../../contracts/item.ts';
import type { JsonObject } from '../../contracts/json.ts';
import type { Rows } from './connection.ts';

/** An item for each row; of a statement that gives none, one item that says what it did. A select that finds nothing gives nothing. */
export function rowsOf({ rows, bytes, command, count }: Rows): { items: Item[]; bytes: number } {
  if (rows.length === 0 && command !== 'SELECT' && command !== 'SHOW')
    return { items: [{ json: { command, rowCount: count } }], bytes };
  return { items: rows.map((row) => ({ json: row as JsonObject })), bytes };
}
