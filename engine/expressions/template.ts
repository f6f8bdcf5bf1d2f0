import type { Budget } from './budget.ts';
import { createCache } from './cache.ts';
import { type BlockValue, parseBlock } from './compile/block.ts';
import { ExpressionError, MISSING } from './errors.ts';
import { unknownMethod } from './inspect.ts';
import type { ExpressionScope } from './scope.ts';
import { embedValue, exportValue } from './values/export.ts';
import type { Context } from './values/internal.ts';

/** A piece of a template: literal text, or the compiled inside of one `{{ }}`. */
type Part = { kind: 'text'; text: string } | { kind: 'block'; value: BlockValue };

/** A parameter's text, parsed; `starts` are the offsets of the blocks' code. `literal` has nothing to evaluate; `value` is one block alone and keeps its type. */
export type ParsedTemplate =
  | { readonly kind: 'literal'; readonly source: string; readonly text: string }
  | {
      readonly kind: 'value';
      readonly source: string;
      readonly value: BlockValue;
      readonly starts: readonly number[];
    }
  | {
      readonly kind: 'mixed';
      readonly source: string;
      readonly parts: readonly Part[];
      readonly starts: readonly number[];
    };

const cache = createCache<ParsedTemplate>({ entries: 2_000, characters: 4_000_000 });

/** True when the engine must evaluate this text: it starts with `=`. */
export function isExpression(text: string): boolean {
  return text.startsWith('=');
}

/**
 * Parses a parameter's text by n8n's rules: without a leading `=` it is literal; `{{ }}` holds a JavaScript
 * expression; `\{{` is literal. Results are kept by text. Throws an ExpressionError with a column.
 */
export function parseTemplate(text: string): ParsedTemplate {
  if (!isExpression(text)) return { kind: 'literal', source: text, text };
  const known = cache.get(text);
  if (known !== undefined) return known;
  try {
    const template = parse(text);
    cache.set(text, template);
    return template;
  } catch (error) {
    throw located(error, text, undefined);
  }
}

/**
 * What is wrong with a parameter's text, or undefined: for validation at publish. Also finds calls of methods that
 * no value has, which only a run would find otherwise. Never throws.
 */
export function checkTemplate(text: string): ExpressionError | undefined {
  try {
    const template = parseTemplate(text);
    const blocks = template.kind === 'literal' ? [] : template.starts;
    for (const start of blocks) {
      const error = unknownMethod(text, start);
      if (error !== undefined) return located(error, text, undefined) as ExpressionError;
    }
    return undefined;
  } catch (error) {
    if (error instanceof ExpressionError) return error;
    throw error;
  }
}

function parse(source: string): ParsedTemplate {
  const parts: Part[] = [];
  const starts: number[] = [];
  let text = '';
  let position = 1;
  const flush = (): void => {
    if (text !== '') parts.push({ kind: 'text', text });
    text = '';
  };
  for (;;) {
    const open = source.indexOf('{{', position);
    if (open < 0) break;
    if (source[open - 1] === '\\') {
      text += `${source.slice(position, open - 1)}{{`;
      position = open + 2;
      continue;
    }
    text += source.slice(position, open);
    flush();
    const block = parseBlock(source, open + 2);
    parts.push({ kind: 'block', value: block.value });
    if (block.start !== undefined) starts.push(block.start);
    position = block.end;
  }
  text += source.slice(position);
  flush();
  const [first] = parts;
  if (parts.length === 1 && first?.kind === 'block')
    return { kind: 'value', source, value: first.value, starts };
  if (parts.every((part) => part.kind === 'text'))
    return { kind: 'literal', source, text: first?.kind === 'text' ? first.text : '' };
  return { kind: 'mixed', source, parts, starts };
}

/**
 * Evaluates a template for the item the scope stands at. One block alone keeps its value's type (as JSON data);
 * anything else is text. Throws only ExpressionErrors.
 */
export function evaluateTemplate(
  given: ParsedTemplate | string,
  scope: ExpressionScope,
  budget: Budget,
): unknown {
  const template = typeof given === 'string' ? parseTemplate(given) : given;
  if (template.kind === 'literal') return template.text;
  const context: Context = { scope, budget, owned: undefined, at: 0 };
  budget.depth = 0;
  try {
    if (template.kind === 'value') return exportValue(context, evaluateBlock(template.value, context));
    let result = '';
    for (const part of template.parts) {
      const text = part.kind === 'text' ? part.text : embedValue(context, evaluateBlock(part.value, context));
      budget.allocate(text.length);
      result += text;
    }
    return result;
  } catch (error) {
    throw located(error, template.source, context.at);
  }
}

/** A block's value; reaching through a missing value makes the whole block undefined, as in n8n. */
function evaluateBlock(value: BlockValue, context: Context): unknown {
  try {
    return value(context);
  } catch (error) {
    if (error !== MISSING) throw error;
    context.budget.depth = 0;
    return undefined;
  }
}

/** The error as it leaves: with its place, and the host's own stack or length overflows as `budget`. */
function located(error: unknown, source: string, at: number | undefined): unknown {
  const known = error instanceof ExpressionError ? error : overflow(error);
  if (known === undefined) return error;
  known.column ??= at === 0 ? undefined : at;
  known.expression ??= source.length > 200 ? `${source.slice(0, 200)}…` : source;
  return known;
}

function overflow(error: unknown): ExpressionError | undefined {
  const name = error instanceof Error ? error.name : '';
  if (name !== 'RangeError' && name !== 'InternalError') return undefined;
  return new ExpressionError(
    'budget',
    'The expression needs more memory or nesting than allowed. Split it, or use a Code node.',
  );
}
