import { z } from 'zod';
import { dynamicNumber } from '../expression.ts';
import { field } from '../field.ts';
import { defineNodeType } from '../node-type.ts';
import { oneMain } from '../ports.ts';
import { text } from '../text.ts';

export const loopNode = defineNodeType({
  type: 'loop',
  version: 1,
  role: 'control',
  join: 'rounds',
  group: 'flow',
  icon: 'Repeat',
  label: text('Loop over items', 'Repetir por itens'),
  description: text(
    'Sends the items batch by batch through its body, then everything that came back to done.',
    'Envia os itens lote a lote pelo seu corpo e depois tudo o que voltou para concluído.',
  ),
  keywords: ['split', 'batch', 'each', 'for', 'repeat', 'lote'],
  parameters: z.object({
    batchSize: field(dynamicNumber(z.int().min(1)).default(1), {
      label: text('Items per batch', 'Itens por lote'),
    }),
  }),
  inputs: oneMain,
  outputs: () => [
    { name: 'loop', label: text('each batch', 'cada lote') },
    { name: 'done', label: text('done', 'concluído') },
  ],
});
