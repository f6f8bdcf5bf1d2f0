import type { JsonValue } from '../../../contracts/json.ts';

/** What goes into a file: the names of the columns, and a cell for each of them in every row. */
export interface Table {
  names: string[];
  rows: JsonValue[][];
}
