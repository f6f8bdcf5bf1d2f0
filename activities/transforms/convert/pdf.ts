import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';
import type { ConvertParameters } from '../../../contracts/catalogue/convert-to-file.ts';
import { StepFailure } from '../../../contracts/effect.ts';
import { textOf } from './csv.ts';
import type { Table } from './table.ts';

const mostRows = 10_000;
const mostColumns = 30;
const mostCharacters = 500;

/** A table on A4, lying down when it has many columns. @throws StepFailure `pdf-too-large` */
export async function pdfOf(
  { names, rows }: Table,
  { title, now }: Pick<ConvertParameters, 'title'> & { now: number },
): Promise<Uint8Array> {
  if (rows.length > mostRows || names.length > mostColumns) throw tooLarge(rows.length, names.length);
  const document = new PDFDocument({
    size: 'A4',
    layout: names.length > 5 ? 'landscape' : 'portrait',
    margin: 40,
    // The step may be repeated, and is to make the same file.
    info: { Title: title, CreationDate: new Date(now), ModDate: new Date(now) },
  });
  const whole = buffer(document);
  if (title !== '') document.fontSize(16).text(printable(title)).moveDown(0.5);
  const size = names.length > 12 ? 6 : names.length > 5 ? 8 : 10;
  document.fontSize(size);
  if (names.length > 0)
    document.table({
      defaultStyle: { padding: 3, border: 0.5, borderColor: '#bbbbbb' },
      rowStyles: (row) => (row === 0 ? { backgroundColor: '#f0f0f0' } : {}),
      data: [names, ...rows.map((row) => row.map(textOf))].map((row) => row.map(printable)),
    });
  document.end();
  return new Uint8Array(await whole);
}

/** The font of every PDF reader knows Western European letters; others would come out as other ones. */
function printable(text: string): string {
  return text.slice(0, mostCharacters).replace(/[^\x20-\x7e\xa0-\xff\n€–—‘’“”•…]/gu, '?');
}

function tooLarge(rows: number, columns: number): StepFailure {
  return new StepFailure({
    code: 'pdf-too-large',
    message: `The table has ${rows} rows and ${columns} columns; a PDF takes ${mostRows} and ${mostColumns}.`,
    hint: 'Name the columns that matter, or make an Excel file.',
  });
}
