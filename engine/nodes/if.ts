import type { z } from 'zod';
import type { ifNode } from '../../contracts/catalogue/if.ts';
import type { Resolved } from '../../contracts/expression.ts';
import type { ComputeNode } from './compute-node.ts';
import { holds } from './conditions.ts';

export const runIf: ComputeNode<Resolved<z.output<typeof ifNode.parameters>>> = ({
  item,
  parameters,
  ...context
}) => {
  const { combinator, conditions, ignoreCase } = parameters;
  return [{ port: holds(combinator, conditions, { ...context, ignoreCase }) ? 'true' : 'false', item }];
};
