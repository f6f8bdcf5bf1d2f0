import type { z } from 'zod';
import type { filterNode } from '../../contracts/catalogue/filter.ts';
import type { Resolved } from '../../contracts/expression.ts';
import type { ComputeNode } from './compute-node.ts';
import { holds } from './conditions.ts';

export const runFilter: ComputeNode<Resolved<z.output<typeof filterNode.parameters>>> = ({
  item,
  parameters,
  ...context
}) => {
  const { combinator, conditions, ignoreCase, rest } = parameters;
  if (holds(combinator, conditions, { ...context, ignoreCase })) return [{ port: 'main', item }];
  return rest ? [{ port: 'rest', item }] : [];
};
