/**
 * Text into blocks, as it arrives: paragraphs, and of Markdown headings and fenced code. Holds one paragraph at most, and of one that
 * never ends a part.
 */
import type { Block } from './block.ts';

export interface BlockReader {
  /** The blocks that end in `text`, a part of the whole that may be cut anywhere. */
  add(text: string): Block[];
  end(): Block[];
}

/** Characters of a paragraph, above which it is given in parts. */
const longestBlock = 20_000;

const atxHeading = /^ {0,3}(#{1,6})(?:[ \t]+(.*?))?[ \t]*$/;
const underline = /^ {0,3}(=+|-+)[ \t]*$/;
const fence = /^ {0,3}(`{3,}|~{3,})/;

/** @param options `markdown`: with headings and fences; `page` of what is read, where it has one */
export function createBlockReader(options: { markdown: boolean; page?: number | undefined }): BlockReader {
  const { markdown, page } = options;
  let open = '';
  let lines: string[] = [];
  let length = 0;
  /** What closes the fence that is open. */
  let closing: string | undefined;

  const block = (text: string, heading?: Block['heading']): Block => ({
    text,
    ...(heading && { heading }),
    ...(page !== undefined && { page }),
  });

  function paragraph(): Block[] {
    const text = lines.join('\n');
    lines = [];
    length = 0;
    return text.trim() === '' ? [] : [block(text)];
  }

  function keep(line: string): Block[] {
    lines.push(line);
    length += line.length + 1;
    return length > longestBlock ? paragraph() : [];
  }

  function readLine(line: string): Block[] {
    if (!markdown) return line.trim() === '' ? paragraph() : keep(line);
    const marks = fence.exec(line)?.[1];
    if (closing !== undefined) {
      const closes = marks?.startsWith(closing) && line.trim() === marks;
      const made = keep(line);
      if (!closes) return made;
      closing = undefined;
      return [...made, ...paragraph()];
    }
    if (marks !== undefined) {
      const before = paragraph();
      closing = marks;
      return [...before, ...keep(line)];
    }
    if (line.trim() === '') return paragraph();
    const [, signs, words = ''] = atxHeading.exec(line) ?? [];
    if (signs !== undefined) {
      const title = words.replace(/(^|[ \t]+)#+$/, '').trim();
      const before = paragraph();
      return [...before, title === '' ? block(line) : block(line, { level: signs.length, title })];
    }
    const [, under] = underline.exec(line) ?? [];
    const [title] = lines;
    if (under !== undefined && lines.length === 1 && title !== undefined && !/^\s*[-*+>|]/.test(title)) {
      lines = [];
      length = 0;
      return [block(`${title}\n${line}`, { level: under.startsWith('=') ? 1 : 2, title: title.trim() })];
    }
    return keep(line);
  }

  return {
    add(text) {
      const parts = (open + text).split('\n');
      open = parts.pop() ?? '';
      const made = parts.flatMap((line) => readLine(line.replace(/\r$/, '')));
      while (open.length > longestBlock) {
        const space = open.lastIndexOf(' ', longestBlock);
        const cut = space > 0 ? space + 1 : longestBlock;
        made.push(...keep(open.slice(0, cut)), ...paragraph());
        open = open.slice(cut);
      }
      return made;
    },
    end() {
      const made = [...readLine(open.replace(/\r$/, '')), ...paragraph()];
      open = '';
      return made;
    },
  };
}
