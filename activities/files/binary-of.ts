import { StepFailure } from '../../contracts/effect.ts';
import type { BinaryReference, Item } from '../../contracts/item.ts';

/**
 * The file of an item under this name.
 * @throws StepFailure `no-file`, which names the files that are there
 */
export function binaryOf(item: Item | undefined, name: string): BinaryReference {
  const found = item?.binary && Object.hasOwn(item.binary, name) ? item.binary[name] : undefined;
  if (found) return found;
  const there = Object.keys(item?.binary ?? {});
  throw new StepFailure({
    code: 'no-file',
    message: `The item has no file called "${name}".`,
    hint:
      there.length === 0
        ? 'It carries no file at all: a step before this one has to make one, and Edit fields has to keep it.'
        : `Its files are called: ${there.join(', ')}.`,
  });
}
