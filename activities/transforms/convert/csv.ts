import { stringify } from 'csv-stringify/sync';
import type { ConvertParameters } from '../../../contracts/catalogue/convert-to-file.ts';
import type { JsonValue } from '../../../contracts/json.ts';
import type { Table } from './table.ts';

/** Lines end as RFC 4180 wants it. */
export function csvOf(
  { names, rows }: Table,
  { delimiter, header, forExcel }: Pick<ConvertParameters, 'delimiter' | 'header' | 'forExcel'>,
): Uint8Array {
  const cell = (value: JsonValue) => (forExcel && typeof value === 'string' ? inert(value) : textOf(value));
  const lines = [...(header ? [names.map(cell)] : []), ...rows.map((row) => row.map(cell))];
  const text = stringify(lines, {
    delimiter: delimiter === 'tab' ? '\t' : delimiter,
    record_delimiter: '\r\n',
    bom: forExcel,
  });
  return new TextEncoder().encode(text);
}

/** Text of somebody else must not become a formula on the machine of who opens the file. A number stays a number. */
function inert(text: string): string {
  return /^[=+\-@\t\r]/.test(text) && !/^[+-]?[\d.,]+$/.test(text) ? `'${text}` : text;
}

export function textOf(value: JsonValue): string {
  if (value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
