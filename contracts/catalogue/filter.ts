import { z } from 'zod';
import { conditionFields, ignoreCase } from '../conditions.ts';
import { field } from '../field.ts';
import { defineNodeType, type Port } from '../node-type.ts';
import { mainPort, oneMain } from '../ports.ts';
import { text } from '../text.ts';

const restPort: Port = { name: 'rest', label: text('the rest', 'o resto') };

export const filterNode = defineNodeType({
  type: 'filter',
  version: 1,
  role: 'compute',
  group: 'data',
  icon: 'Filter',
  label: text('Filter', 'Filtrar'),
  description: text(
    'Keeps the items for which the conditions hold.',
    'Mantém os itens para os quais as condições valem.',
  ),
  keywords: ['condition', 'keep', 'where', 'remove', 'drop', 'manter', 'condição'],
  parameters: z.object({
    ...conditionFields,
    ignoreCase,
    rest: field(z.boolean().default(false), {
      label: text('An output for the other items', 'Uma saída para os outros itens'),
      help: text('Without it they are dropped.', 'Sem ela, são descartados.'),
    }),
  }),
  inputs: oneMain,
  outputs: ({ rest }) => (rest === true ? [mainPort, restPort] : [mainPort]),
});
