/** Workspace variables: what expressions read as `$vars.<name>`. */
import { z } from 'zod';
import { moment } from './page.ts';

export const variableName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/, 'Letters, digits and _, beginning with a letter.');

export const variable = z.object({
  name: z.string(),
  /** Absent for a secret: it is never shown again. */
  value: z.string().optional(),
  secret: z.boolean(),
  updatedAt: moment,
});
export type Variable = z.output<typeof variable>;
export const variableList = z.object({ items: z.array(variable) });
export const putVariable = z.object({ value: z.string().max(10_000), secret: z.boolean().default(false) });
