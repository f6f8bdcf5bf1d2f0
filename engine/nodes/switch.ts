import type { z } from 'zod';
import type { switchNode } from '../../contracts/catalogue/switch.ts';
import type { Resolved } from '../../contracts/expression.ts';
import type { ComputeNode } from './compute-node.ts';
import { holds } from './conditions.ts';

export const runSwitch: ComputeNode<Resolved<z.output<typeof switchNode.parameters>>> = (args) => {
  const { item, parameters, ...context } = args;
  const { cases, allMatching, fallback, ignoreCase } = parameters;
  const matching = cases.flatMap((entry, index) =>
    holds(entry.combinator, entry.conditions, { ...context, ignoreCase }) ? [`case${index}`] : [],
  );
  if (matching.length === 0) return fallback ? [{ port: 'fallback', item }] : [];
  return (allMatching ? matching : matching.slice(0, 1)).map((port) => ({ port, item }));
};
