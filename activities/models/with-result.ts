import { StepFailure } from '../../contracts/effect.ts';
import type { Item } from '../../contracts/item.ts';
import type { JsonValue } from '../../contracts/json.ts';
import { betweenTags } from '../../contracts/models/between-tags.ts';
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

/** As a model is given it. */
export function quoted(text: string): string {
  return betweenTags('text', text);
}
