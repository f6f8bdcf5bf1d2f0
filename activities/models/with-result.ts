import { StepFailure } from '../../contracts/effect.ts';
import type { Item } from '../../contracts/item.ts';
import type { JsonValue } from '../../contracts/json.ts';
import { setPath } from '../../engine/items/paths.ts';

/** The item with what a model made of it. */
export function withResult(item: Item | undefined, into: string, value: JsonValue): Item {
  const json = structuredClone(item?.json ?? {});
  setPath(json, into, value);
  return { ...item, json };
}

/** @throws StepFailure `no-text` */
export function textToRead(given: unknown): string {
  const text = String(given);
  if (text.trim() !== '') return text;
  throw new StepFailure({
    code: 'no-text',
    message: 'There is no text to read.',
    hint: 'Look at the preview of the field: an expression may have come out empty.',
  });
}

/** Between tags, so that what it says is not taken for an instruction. No promise: a model may follow it all the same. */
export function quoted(text: string): string {
  return `<text>\n${text.replaceAll('</text>', '<\\/text>')}\n</text>`;
}
