import { z } from 'zod';
import { field } from '../field.ts';
import { defineNodeType } from '../node-type.ts';
import { oneMain } from '../ports.ts';
import { text } from '../text.ts';

export const sortNode = defineNodeType({
  type: 'sort',
  version: 1,
  role: 'compute',
  group: 'data',
  icon: 'SortAscending',
  label: text('Sort', 'Ordenar'),
  description: text(
    'Puts the items in the order of their fields. Items without the field come last.',
    'Põe os itens na ordem de seus campos. Itens sem o campo vêm por último.',
  ),
  keywords: ['order', 'rank', 'ascending', 'descending', 'ordem', 'classificar'],
  parameters: z.object({
    fields: field(
      z
        .array(
          z.object({
            name: field(z.string({ error: 'A field needs a name.' }).min(1, 'A field needs a name.'), {
              label: text('Field', 'Campo'),
              placeholder: 'customer.name',
            }),
            order: field(z.enum(['ascending', 'descending']).default('ascending'), {
              label: text('Order', 'Ordem'),
              options: {
                ascending: text('Ascending', 'Crescente'),
                descending: text('Descending', 'Decrescente'),
              },
            }),
          }),
        )
        .default([]),
      {
        label: text('Sort by', 'Ordenar por'),
        help: text(
          'The second field decides where the first is the same, and so on.',
          'O segundo campo decide onde o primeiro é igual, e assim por diante.',
        ),
      },
    ),
    ignoreCase: field(z.boolean().default(true), {
      label: text('Ignore upper and lower case', 'Ignorar maiúsculas e minúsculas'),
    }),
  }),
  inputs: oneMain,
  outputs: oneMain,
});
