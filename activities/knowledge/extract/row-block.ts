import type { Block } from '../../../engine/knowledge/block.ts';

/** A row of a table as a passage says it: `column: value`, a line each, so that it means the same wherever it is read. */
export function rowBlock(names: readonly string[], cells: readonly unknown[]): Block {
  const lines = cells.flatMap((cell, position) => {
    const value = String(cell ?? '').trim();
    return value === '' ? [] : [`${names[position] ?? `column_${position + 1}`}: ${value}`];
  });
  return { text: lines.join('\n') };
}
