import ExcelJS from 'exceljs';
import type { ConvertParameters } from '../../../contracts/catalogue/convert-to-file.ts';
import type { JsonValue } from '../../../contracts/json.ts';
import { textOf } from './csv.ts';
import type { Table } from './table.ts';

/** Text is text, never a formula; dates in ISO text stay text. */
export async function xlsxOf(
  { names, rows }: Table,
  { title, header, now }: Pick<ConvertParameters, 'title' | 'header'> & { now: number },
): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  // The step may be repeated, and is to make the same file.
  workbook.created = workbook.modified = new Date(now);
  const sheet = workbook.addWorksheet(sheetName(title));
  if (header) {
    sheet.addRow(names);
    sheet.getRow(1).font = { bold: true };
    sheet.views = [{ state: 'frozen', ySplit: 1 }];
  }
  for (const row of rows) sheet.addRow(row.map(cellOf));
  for (const [position, name] of names.entries()) {
    const longest = rows.slice(0, 100).map((row) => textOf(row[position] ?? null).length);
    sheet.getColumn(position + 1).width = Math.min(60, Math.max(8, name.length, ...longest) + 2);
  }
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

/** Excel takes 32,767 characters in a cell. */
function cellOf(value: JsonValue): string | number | boolean | null {
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return value;
  return textOf(value).slice(0, 32_767);
}

/** At most 31 characters, and none of []:*?/\ */
function sheetName(title: string): string {
  return (
    title
      .replace(/[[\]:*?/\\']/g, ' ')
      .trim()
      .slice(0, 31) || 'Sheet1'
  );
}
