import { say } from '../scripts/stack/say.ts';

/** One JSON line on the standard output, with four digits of each number. */
export function printFigure(figure: Record<string, unknown>): void {
  const digits = (_: string, value: unknown) =>
    typeof value === 'number' ? Number(value.toPrecision(4)) : value;
  say(JSON.stringify(figure, digits));
}
