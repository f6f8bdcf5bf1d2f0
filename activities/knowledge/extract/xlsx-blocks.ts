/** The rows of every sheet of a workbook, each under its sheet's name. */
import ExcelJS from 'exceljs';
import type { Block } from '../../../engine/knowledge/block.ts';
import { cellValue } from '../../transforms/extract/cell-value.ts';
import { columnNames } from '../../transforms/extract/rows.ts';
import { DocumentRefusal } from '../document-refusal.ts';
import { kindNames } from './document-kind.ts';
import { rowBlock } from './row-block.ts';

/** @throws DocumentRefusal `document-unreadable` */
export async function* xlsxBlocks(file: Uint8Array): AsyncGenerator<Block[]> {
  const workbook = await open(file);
  for (const sheet of workbook.worksheets) {
    let names: string[] | undefined;
    const blocks: Block[] = [];
    sheet.eachRow({ includeEmpty: false }, (row) => {
      const cells = Array.from({ length: sheet.columnCount }, (_, column) =>
        cellValue(row.getCell(column + 1).value),
      );
      if (names === undefined) names = columnNames(cells);
      else blocks.push(rowBlock(names, cells));
    });
    if (blocks.length === 0) continue;
    yield [{ text: `## ${sheet.name}`, heading: { level: 2, title: sheet.name } }, ...blocks];
  }
}

async function open(file: Uint8Array): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook();
  const unreadable = new DocumentRefusal('document-unreadable', { kind: kindNames.xlsx });
  try {
    await workbook.xlsx.load(file.slice().buffer);
  } catch {
    throw unreadable;
  }
  // Any archive is taken for a workbook; one without a sheet is none.
  if (workbook.worksheets.length === 0) throw unreadable;
  return workbook;
}
