/** Rows of a sheet of Excel. */
import type ExcelJS from 'exceljs';
import type { ExtractParameters } from '../../../contracts/catalogue/extract-from-file.ts';
import { StepFailure } from '../../../contracts/effect.ts';
import type { JsonObject, JsonValue } from '../../../contracts/json.ts';
import { columnNames, rowObject } from './rows.ts';
import { openWorkbook, rowsOf } from './workbook.ts';

type Options = Pick<ExtractParameters, 'sheet' | 'headerRow' | 'skipRows' | 'maxRows'>;

/** @throws StepFailure `bad-xlsx`, `no-such-sheet` */
export async function readXlsx(file: Uint8Array, options: Options): Promise<JsonObject[]> {
  const sheet = await openSheet(file, options.sheet);
  const rows: JsonValue[][] = [];
  const wanted = Number(options.skipRows) + Number(options.maxRows) + 1;
  for (const cells of rowsOf(sheet)) {
    if (rows.length >= wanted) break;
    rows.push(cells);
  }
  const [header, ...rest] = rows.slice(Number(options.skipRows));
  if (header === undefined) return [];
  const names = options.headerRow ? columnNames(header) : undefined;
  const body = options.headerRow ? rest : [header, ...rest];
  return body.slice(0, Number(options.maxRows)).map((cells) => rowObject(names, cells));
}

async function openSheet(file: Uint8Array, name: string): Promise<ExcelJS.Worksheet> {
  const workbook = await openWorkbook(file);
  if (!workbook)
    throw new StepFailure({
      code: 'bad-xlsx',
      message: 'The file is no Excel workbook that can be read.',
      hint: 'It has to be .xlsx without a password. Old .xls files, and CSV that is only called so, have to be saved anew.',
    });
  const sheet = name === '' ? workbook.worksheets[0] : workbook.getWorksheet(name);
  if (sheet) return sheet;
  throw new StepFailure({
    code: 'no-such-sheet',
    message: name === '' ? 'The workbook has no sheet.' : `The workbook has no sheet "${name}".`,
    hint: `Its sheets are: ${workbook.worksheets.map((one) => one.name).join(', ')}.`,
  });
}
