import { z } from 'zod';
import { field } from '../field.ts';
import { defineNodeType } from '../node-type.ts';
import { oneMain } from '../ports.ts';
import { text } from '../text.ts';

export const removeDuplicates = defineNodeType({
  type: 'remove-duplicates',
  version: 1,
  role: 'compute',
  group: 'data',
  icon: 'CopyOff',
  label: text('Remove duplicates', 'Remover duplicados'),
  description: text(
    'Keeps the first of the items that are the same.',
    'Mantém o primeiro dos itens que são iguais.',
  ),
  keywords: ['dedupe', 'deduplicate', 'unique', 'distinct', 'únicos', 'repetidos'],
  parameters: z.object({
    compare: field(z.enum(['allFields', 'selectedFields', 'allFieldsExcept']).default('allFields'), {
      label: text('Compare', 'Comparar'),
      options: {
        allFields: text('All fields', 'Todos os campos'),
        selectedFields: text('Selected fields', 'Campos escolhidos'),
        allFieldsExcept: text('All fields except', 'Todos os campos, menos'),
      },
    }),
    fields: field(z.string().default(''), {
      label: text('Fields', 'Campos'),
      help: text('Names separated by commas.', 'Nomes separados por vírgulas.'),
      placeholder: 'id, customer.email',
      showWhen: { compare: ['selectedFields', 'allFieldsExcept'] },
    }),
  }),
  inputs: oneMain,
  outputs: oneMain,
});
