/** What expressions read as `$vars.<name>`. */
import type { z } from 'zod';
import type { putVariable, Variable } from '../../../contracts/api/variables.ts';
import { request } from './client.ts';
import { useChange } from './use-change.ts';
import { useList } from './use-list.ts';

const variablesKey = ['variables'];
const at = (name: string) => `/variables/${encodeURIComponent(name)}`;

export const useVariables = (enabled = true) => useList<Variable>(variablesKey, '/variables', enabled);
export const usePutVariable = () =>
  useChange(
    ({ name, ...body }: z.input<typeof putVariable> & { name: string }) =>
      request<Variable>('PUT', at(name), { body }),
    variablesKey,
  );
export const useDeleteVariable = () =>
  useChange((name: string) => request<void>('DELETE', at(name)), variablesKey);
