import type { Context } from '../values/internal.ts';

/**
 * `localeCompare` without the host's collation tables, which differ between versions: letters first, then
 * accents, then lower case before upper case. Agrees with en-US for letters and digits.
 */
export function compareText(context: Context, left: string, right: string): number {
  context.budget.allocate((left.length + right.length) * 3);
  const base = compare(fold(left), fold(right));
  if (base !== 0) return base;
  const accents = compare(left.normalize('NFD').toLowerCase(), right.normalize('NFD').toLowerCase());
  return accents !== 0 ? accents : -compare(left, right);
}

function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();
}

function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
