/** Workbooks of Excel: from bytes to rows of what a person sees. */
import ExcelJS from 'exceljs';
import type { JsonValue } from '../../../contracts/json.ts';

/** Undefined: it is none that can be read. */
export async function openWorkbook(file: Uint8Array): Promise<ExcelJS.Workbook | undefined> {
  const workbook = new ExcelJS.Workbook();
  try {
    await workbook.xlsx.load(file.slice().buffer);
    return workbook;
  } catch {
    return undefined;
  }
}

/** Rows that hold something, each as wide as the sheet. */
export function* rowsOf(sheet: ExcelJS.Worksheet): Generator<JsonValue[]> {
  // ExcelJS looks through all rows each time it is asked for this.
  const { columnCount } = sheet;
  for (let number = 1; number <= sheet.rowCount; number++) {
    const row = sheet.findRow(number);
    if (row?.hasValues)
      yield Array.from({ length: columnCount }, (_, column) => cellValue(row.getCell(column + 1).value));
  }
}

/** The result of a formula, the text of a link, a date as ISO text. */
function cellValue(value: ExcelJS.CellValue): JsonValue {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString();
  if (typeof value !== 'object') return value;
  if ('richText' in value) return value.richText.map(({ text }) => text).join('');
  if ('error' in value) return null;
  if ('text' in value) return cellValue(value.text as ExcelJS.CellValue);
  if ('result' in value) return cellValue(value.result as ExcelJS.CellValue);
  return '';
}
