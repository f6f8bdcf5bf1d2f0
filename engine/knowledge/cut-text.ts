/** Where a text is cut that is too long: behind a line, else a sentence, else a word, else between two characters. */
import { bytesAt } from './text-size.ts';

/** Ends of sentences, in scripts that put a space behind them and in those that do not. */
const sentenceEnd = /[.!?…]["'”’)\]]*\s+|[。！？]/gu;

/**
 * Pieces that are the text when they are joined, each of `most` bytes or fewer, but for one character that is larger by itself.
 * @param first most bytes of the first piece
 */
export function cutText(text: string, first: number, most: number): string[] {
  const pieces: string[] = [];
  let at = 0;
  while (at < text.length) {
    const end = reach(text, at, pieces.length === 0 ? first : most);
    const cut = end >= text.length ? end : boundary(text, at, end);
    pieces.push(text.slice(at, cut));
    at = cut;
  }
  return pieces;
}

/** The end of a text in `most` bytes or fewer, from where a sentence begins or at least a word. '' when nothing does. */
export function endOfText(text: string, most: number): string {
  let from = text.length;
  for (let bytes = 0; from > 0; from--) {
    bytes += bytesAt(text, from - 1);
    if (bytes > most) break;
  }
  if (from === 0 || text[from - 1] === '\n') return text.slice(from);
  const tail = text.slice(from);
  const line = tail.indexOf('\n') + 1;
  const [sentence] = tail.matchAll(sentenceEnd);
  const starts = [line, sentence ? sentence.index + sentence[0].length : 0].filter((start) => start > 0);
  if (starts.length > 0) return tail.slice(Math.min(...starts));
  if (/\s/.test(text[from - 1] ?? '')) return tail;
  const space = /\s+/.exec(tail);
  return space ? tail.slice(space.index + space[0].length) : '';
}

/** The farthest end of a piece from `at`, at least one character behind it. */
function reach(text: string, at: number, most: number): number {
  let end = at;
  for (let bytes = 0; end < text.length; end++) {
    bytes += bytesAt(text, end);
    if (bytes > most && end > at) break;
  }
  if (!isInsidePair(text, end)) return end;
  return end - 1 > at ? end - 1 : end + 1;
}

/** Of the places before `end` the best one in the later half. */
function boundary(text: string, at: number, end: number): number {
  const from = at + Math.ceil((end - at) / 2);
  const part = text.slice(from, end);
  const line = part.lastIndexOf('\n');
  if (line >= 0) return from + line + 1;
  const sentence = [...part.matchAll(sentenceEnd)].at(-1);
  if (sentence) return from + sentence.index + sentence[0].length;
  const word = part.search(/\s\S*$/);
  return word >= 0 ? from + word + 1 : end;
}

function isInsidePair(text: string, at: number): boolean {
  const [before, behind] = [text.charCodeAt(at - 1), text.charCodeAt(at)];
  return before >= 0xd800 && before <= 0xdbff && behind >= 0xdc00 && behind <= 0xdfff;
}
