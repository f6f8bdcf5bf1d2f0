/** A tool's result as a model is given it: a long one ends with where the rest can be read. */
import { readResultTool } from '../../contracts/agents/tool.ts';

/** Characters that a model is given at a time: some thousand tokens. */
export const longestPiece = 16_000;

export function shortened(text: string, call: string): string {
  if (text.length <= longestPiece) return text;
  return `${text.slice(0, longestPiece)}\n\n${note(text.length, longestPiece, call)}`;
}

/** A piece that was read on. @param length of the whole */
export function pieceOf(
  text: string,
  { from, length, call }: { from: number; length: number; call: string },
): string {
  const end = from + text.length;
  return end < length ? `${text}\n\n${note(length, end, call)}` : text;
}

function note(length: number, end: number, call: string): string {
  return `[${end} of ${length} characters. ${readResultTool}({"call":${JSON.stringify(call)},"from":${end}}) gives the next ones.]`;
}
