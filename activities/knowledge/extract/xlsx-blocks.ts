/** The rows of every sheet of a workbook, each under its sheet's name. */
import type { Block } from '../../../engine/knowledge/block.ts';
import { columnNames } from '../../transforms/extract/rows.ts';
import { openWorkbook, rowsOf } from '../../transforms/extract/workbook.ts';
import { DocumentRefusal } from '../document-refusal.ts';
import { kindNames } from './document-kind.ts';
import { rowBlock } from './row-block.ts';

/** @throws DocumentRefusal `document-unreadable` */
export async function* xlsxBlocks(file: Uint8Array): AsyncGenerator<Block[]> {
  const sheets = (await openWorkbook(file))?.worksheets ?? [];
  // Any archive is taken for a workbook; one without a sheet is none.
  if (sheets.length === 0) throw new DocumentRefusal('document-unreadable', { kind: kindNames.xlsx });
  for (const sheet of sheets) {
    let names: string[] | undefined;
    const blocks: Block[] = [];
    for (const cells of rowsOf(sheet)) {
      if (names === undefined) names = columnNames(cells);
      else blocks.push(rowBlock(names, cells));
    }
    if (blocks.length === 0) continue;
    yield [{ text: `## ${sheet.name}`, heading: { level: 2, title: sheet.name } }, ...blocks];
  }
}
