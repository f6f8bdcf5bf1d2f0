/** Sorts items by fields, in the order of values (value-order.ts). */
import type { z } from 'zod';
import type { sortNode } from '../../contracts/catalogue/sort.ts';
import type { Resolved } from '../../contracts/expression.ts';
import { getPath } from '../items/paths.ts';
import { refuseUnknownFields } from './known-fields.ts';
import type { ListNode } from './list-node.ts';
import { compareKeys, sortKey } from './value-order.ts';

export const runSort: ListNode<Resolved<z.output<typeof sortNode.parameters>>> = ({ items, parameters }) => {
  const { fields, ignoreCase } = parameters;
  refuseUnknownFields(
    items,
    fields.map(({ name }) => name),
  );
  // The keys are made once per item, not once per comparison.
  const rows = items.map((item, position) => ({
    position,
    keys: fields.map(({ name }) => sortKey(getPath(item.json, name), ignoreCase)),
  }));
  rows.sort((a, b) => {
    for (const [at, { order }] of fields.entries()) {
      const result = compareKeys(a.keys[at]!, b.keys[at]!, order === 'descending');
      if (result !== 0) return result;
    }
    return a.position - b.position;
  });
  return rows.map(({ position }) => ({ port: 'main', item: items[position]!, from: [position] }));
};
