import { z } from 'zod';
import { dynamicNumber } from '../expression.ts';
import { field } from '../field.ts';
import { defineNodeType } from '../node-type.ts';
import { oneMain } from '../ports.ts';
import { text } from '../text.ts';

export const limitNode = defineNodeType({
  type: 'limit',
  version: 1,
  role: 'compute',
  group: 'data',
  icon: 'ListNumbers',
  label: text('Limit', 'Limitar'),
  description: text('Keeps the first or the last items.', 'Mantém os primeiros ou os últimos itens.'),
  keywords: ['first', 'last', 'top', 'head', 'tail', 'primeiros', 'últimos'],
  parameters: z.object({
    maxItems: field(dynamicNumber(z.int().min(0)).default(1), {
      label: text('Most items', 'Máximo de itens'),
    }),
    keep: field(z.enum(['first', 'last']).default('first'), {
      label: text('Keep', 'Manter'),
      options: {
        first: text('The first items', 'Os primeiros itens'),
        last: text('The last items', 'Os últimos itens'),
      },
    }),
  }),
  inputs: oneMain,
  outputs: oneMain,
});
