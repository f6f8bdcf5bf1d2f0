/** What validation asks of an expression: does it parse? The parser is the engine's. */
import { checkTemplate } from '../engine/expressions/index.ts';

/** @returns the reason why it does not, for a person; undefined when it does */
export function checkExpression(expression: string): string | undefined {
  return checkTemplate(expression)?.message;
}
