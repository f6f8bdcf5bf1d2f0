import type { z } from 'zod';
import type { limitNode } from '../../contracts/catalogue/limit.ts';
import type { Resolved } from '../../contracts/expression.ts';
import type { ListNode } from './list-node.ts';

export const runLimit: ListNode<Resolved<z.output<typeof limitNode.parameters>>> = ({
  items,
  parameters,
}) => {
  const count = Math.min(Number(parameters.maxItems), items.length);
  const start = parameters.keep === 'first' ? 0 : items.length - count;
  return items
    .slice(start, start + count)
    .map((item, index) => ({ port: 'main', item, from: [start + index] }));
};
