import { type Expression, parseExpressionAt } from 'acorn';
import { ExpressionError } from '../errors.ts';
import type { Context } from '../values/internal.ts';
import { ExpressionCompiler } from './compiler.ts';
import { Environment, withoutParens } from './environment.ts';
import { compilePath } from './path.ts';

/** The compiled inside of one `{{ }}`. */
export type BlockValue = (context: Context) => unknown;

const MAX_BLOCK = 50_000;
const MAX_BRACKETS = 300;
const SPACE_AND_COMMENTS = /(?:\s|\/\*[\s\S]*?\*\/|\/\/[^\n]*\n)*/y;

/**
 * Parses the block whose code starts at `start`; `end` is the offset after its `}}`, `start` where
 * the expression begins (absent when the block is empty). The parser itself finds the
 * end, so `}}` inside a string or an object does not close the block.
 */
export function parseBlock(
  source: string,
  start: number,
): { value: BlockValue; start?: number; end: number } {
  const close = source.indexOf('}}', start);
  if (close < 0) {
    throw new ExpressionError(
      'syntax',
      'This {{ is never closed. Add }}, or write \\{{ if you mean the characters.',
      start - 1,
    );
  }
  if (close - start > MAX_BLOCK)
    throw new ExpressionError('budget', 'This expression is too long. Use a Code node.', start);
  const code = skip(source, start);
  if (source.startsWith('}}', code)) return { value: () => undefined, end: code + 2 };
  refuseDeepBrackets(source, start, close);
  const { node, end } = parseCode(source, code, close);
  return { value: compileBlockValue(node), start: code, end };
}

function compileBlockValue(given: Expression): BlockValue {
  const node = withoutParens(given);
  const path = compilePath(node);
  if (path !== undefined) return path;
  const evaluate = new ExpressionCompiler().expression(node);
  return (context) => evaluate(new Environment(context, undefined));
}

function parseCode(source: string, start: number, close: number): { node: Expression; end: number } {
  let node: Expression;
  try {
    node = parseExpressionAt(source, start, { ecmaVersion: 2024, preserveParens: true });
  } catch (error) {
    throw syntaxError(error, start, close);
  }
  let end = skip(source, node.end);
  while (source[end] === ';') end = skip(source, end + 1);
  if (!source.startsWith('}}', end)) {
    const found = source.slice(end, end + 12).split(/\s/)[0];
    throw new ExpressionError(
      'syntax',
      `The expression should end before "${found}". Between {{ and }} there is room for one JavaScript expression.`,
      end,
    );
  }
  return { node, end: end + 2 };
}

function skip(source: string, from: number): number {
  SPACE_AND_COMMENTS.lastIndex = from;
  return from + (SPACE_AND_COMMENTS.exec(source)?.[0].length ?? 0);
}

function syntaxError(error: unknown, start: number, close: number): unknown {
  if (!(error instanceof SyntaxError) || !('pos' in error)) return error;
  const column = Math.min(Number(error.pos), close);
  const what = error.message.replace(/ \(\d+:\d+\)$/, '');
  const hint =
    column >= close ? ' Something is missing before }}.' : ' Check brackets, quotes and commas there.';
  return new ExpressionError(
    'syntax',
    `This is not a JavaScript expression: ${what}.${hint}`,
    Math.max(start, column),
  );
}

/** acorn parses by recursion: refuse towers of brackets before it climbs them. */
function refuseDeepBrackets(source: string, start: number, close: number): void {
  if (close - start < MAX_BRACKETS) return;
  let depth = 0;
  for (let i = start; i < close; i++) {
    const char = source[i];
    if (char === '(' || char === '[' || char === '{') depth++;
    else if (char === ')' || char === ']' || char === '}') depth--;
    if (depth > MAX_BRACKETS)
      throw new ExpressionError(
        'budget',
        'The expression is nested too deeply. Split it over several fields.',
        i,
      );
  }
}
