/** What the Convert to file node does in a thread. */
import type { ConvertParameters } from '../../../contracts/catalogue/convert-to-file.ts';
import type { JsonObject } from '../../../contracts/json.ts';
import { getPath } from '../../../engine/items/paths.ts';
import { columnsOf } from '../columns-of.ts';
import { tableOf } from '../html/table.ts';
import type { Transform } from '../transform.ts';
import type { Table } from './table.ts';

export const convertTransform: Transform = {
  makeFile: async (items, given) => {
    const parameters = given as unknown as ConvertParameters & { now: number };
    const { title, columns } = parameters;
    switch (parameters.format) {
      case 'csv':
        return (await import('./csv.ts')).csvOf(tableRows(items, columns), parameters);
      case 'xlsx':
        return (await import('./xlsx.ts')).xlsxOf(tableRows(items, columns), parameters);
      case 'pdf':
        return (await import('./pdf.ts')).pdfOf(tableRows(items, columns), parameters);
      case 'json':
        return bytes(JSON.stringify(items, undefined, 2));
      case 'html':
        return bytes(page(tableOf(items, { columns, caption: title })));
      case 'text':
        return bytes(parameters.text);
    }
  },
};

function tableRows(items: readonly JsonObject[], columns: string): Table {
  const names = columnsOf(items, columns);
  return { names, rows: items.map((json) => names.map((name) => getPath(json, name) ?? null)) };
}

function page(table: string): string {
  const style =
    'body{font:14px system-ui,sans-serif;margin:2rem}table{border-collapse:collapse}caption{font-weight:600;text-align:left;padding:.5rem 0}td,th{border:1px solid #ccc;padding:.3rem .6rem;text-align:left;vertical-align:top}th{background:#f4f4f4}';
  return `<!doctype html>\n<html><head><meta charset="utf-8"><style>${style}</style></head><body>\n${table}\n</body></html>\n`;
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
