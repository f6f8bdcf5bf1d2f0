import type { z } from 'zod';
import type { renameFields } from '../../contracts/catalogue/rename-fields.ts';
import type { Resolved } from '../../contracts/expression.ts';
import { getPath, removePath, setPath } from '../items/paths.ts';
import type { ComputeNode } from './compute-node.ts';

export const runRenameFields: ComputeNode<Resolved<z.output<typeof renameFields.parameters>>> = ({
  item,
  parameters,
}) => {
  const json = { ...item.json };
  for (const { from, to } of parameters.fields) {
    const value = getPath(json, from);
    if (value === undefined || from === to) continue;
    // Away first: `a` may become `a.b`.
    removePath(json, from);
    setPath(json, to, value);
  }
  return [{ port: 'main', item: { ...item, json } }];
};
