import type { Item } from '../../contracts/item.ts';
import { getPath } from '../items/paths.ts';
import { EngineFailure } from '../run/engine-failure.ts';

/**
 * A field that not one of several items has is a typing error: sorting or comparing by it would quietly do nothing, or drop all items
 * but one. A single item may lack a field that others of other days have.
 * @throws EngineFailure `unknown-field`
 */
export function refuseUnknownFields(items: readonly Item[], names: readonly string[]): void {
  if (items.length < 2) return;
  const unknown = names.find((name) => items.every(({ json }) => getPath(json, name) === undefined));
  if (unknown === undefined) return;
  throw new EngineFailure({
    code: 'unknown-field',
    message: `None of the ${items.length} items has a field "${unknown}".`,
    hint: 'Correct the name. Fields inside others are written with dots: customer.name, lines[0].price.',
  });
}
