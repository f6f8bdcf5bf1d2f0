import type ExcelJS from 'exceljs';
import type { JsonValue } from '../../../contracts/json.ts';

/** What a person sees in the cell: the result of a formula, the text of a link, a date as ISO text. */
export function cellValue(value: ExcelJS.CellValue): JsonValue {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString();
  if (typeof value !== 'object') return value;
  if ('richText' in value) return value.richText.map(({ text }) => text).join('');
  if ('error' in value) return null;
  if ('text' in value) return cellValue(value.text as ExcelJS.CellValue);
  if ('result' in value) return cellValue(value.result as ExcelJS.CellValue);
  return '';
}
