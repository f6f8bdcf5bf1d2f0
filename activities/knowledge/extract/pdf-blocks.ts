/**
 * A PDF as blocks with their pages. It has no paragraphs and no headings: what stands apart is a paragraph, and what is set larger than
 * most of the text and is short is a heading.
 */
import { getDocumentProxy } from 'unpdf';
import type { Block } from '../../../engine/knowledge/block.ts';
import { DocumentRefusal } from '../document-refusal.ts';
import { kindNames } from './document-kind.ts';

interface Line {
  text: string;
  page: number;
  /** Of its letters, in points, to a half. */
  height: number;
  /** From the bottom of the page. */
  y: number;
}

/** How much larger than the text a heading is, and how long it is at most. */
const headingFactor = 1.15;
const longestHeading = 200;
/** Line heights between two lines, above which a paragraph ends. */
const paragraphGap = 1.7;

/** @throws DocumentRefusal `document-locked`, `document-unreadable` */
export async function pdfBlocks(
  file: Uint8Array,
): Promise<{ blocks: Block[]; pages: number; title?: string }> {
  try {
    const document = await getDocumentProxy(file, { verbosity: 0 });
    const lines: Line[] = [];
    for (let page = 1; page <= document.numPages; page++) lines.push(...(await linesOf(document, page)));
    const title = await titleOf(document);
    return { blocks: blocksOf(lines), pages: document.numPages, ...(title && { title }) };
  } catch (error) {
    if ((error as Error).name === 'PasswordException') throw new DocumentRefusal('document-locked');
    throw new DocumentRefusal('document-unreadable', { kind: kindNames.pdf });
  }
}

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;

async function linesOf(document: Pdf, number: number): Promise<Line[]> {
  const page = await document.getPage(number);
  const { items } = await page.getTextContent();
  const lines: Line[] = [];
  let open: Line = { text: '', page: number, height: 0, y: 0 };
  for (const item of items) {
    if (!('str' in item)) continue;
    if (item.str.trim() !== '') {
      open.height = Math.max(open.height, Math.round(item.height * 2) / 2);
      open.y = Number(item.transform[5]);
    }
    open.text += item.str;
    if (!item.hasEOL) continue;
    lines.push(open);
    open = { text: '', page: number, height: 0, y: 0 };
  }
  page.cleanup();
  return [...lines, open].filter(({ text }) => text.trim() !== '');
}

async function titleOf(document: Pdf): Promise<string | undefined> {
  const { info } = await document.getMetadata();
  const title = (info as { Title?: unknown }).Title;
  return typeof title === 'string' && title.trim() !== '' ? title.trim() : undefined;
}

function blocksOf(lines: readonly Line[]): Block[] {
  const body = mostFrequentHeight(lines);
  const isHeading = ({ height, text }: Line) =>
    height >= body * headingFactor && text.length <= longestHeading && /\p{L}/u.test(text);
  const sizes = [...new Set(lines.filter(isHeading).map(({ height }) => height))].sort((a, b) => b - a);
  const blocks: Block[] = [];
  let last: Line | undefined;
  for (const line of lines) {
    const before = blocks.at(-1);
    if (isHeading(line)) {
      const level = Math.min(3, sizes.indexOf(line.height) + 1);
      const goesOn = last && isHeading(last) && last.height === line.height && last.page === line.page;
      if (goesOn && before?.heading) {
        before.text += `\n${line.text}`;
        before.heading.title += ` ${line.text.trim()}`;
      } else blocks.push({ text: line.text, heading: { level, title: line.text.trim() }, page: line.page });
    } else if (before && !before.heading && last && !isApart(last, line)) before.text += `\n${line.text}`;
    else blocks.push({ text: line.text, page: line.page });
    last = line;
  }
  return blocks;
}

function isApart(before: Line, line: Line): boolean {
  const gap = before.y - line.y;
  // Upwards: another column, which goes on in the middle of a sentence as well.
  return before.page !== line.page || gap > paragraphGap * Math.max(before.height, line.height);
}

/** By characters: that of the text itself. */
function mostFrequentHeight(lines: readonly Line[]): number {
  const characters = new Map<number, number>();
  for (const { height, text } of lines) characters.set(height, (characters.get(height) ?? 0) + text.length);
  const [most] = [...characters].sort(([, a], [, b]) => b - a);
  return most?.[0] ?? 0;
}
