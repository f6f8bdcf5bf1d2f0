import { z } from 'zod';
import { field } from '../field.ts';
import { defineNodeType } from '../node-type.ts';
import { oneMain } from '../ports.ts';
import { text } from '../text.ts';

export const mergeNode = defineNodeType({
  type: 'merge',
  version: 1,
  role: 'control',
  join: 'inputs',
  group: 'flow',
  icon: 'ArrowsJoin2',
  label: text('Merge', 'Juntar'),
  description: text(
    'Waits for the inputs that can still arrive and joins their items.',
    'Espera as entradas que ainda podem chegar e junta os itens.',
  ),
  keywords: ['join', 'combine', 'append', 'wait', 'unir'],
  parameters: z.object({
    mode: field(z.enum(['append', 'position', 'fields', 'all', 'choose']).default('append'), {
      label: text('How', 'Como'),
      options: {
        append: text('One list after the other', 'Uma lista depois da outra'),
        position: text('By position', 'Por posição'),
        fields: text('Where fields match', 'Onde campos coincidem'),
        all: text('Every pair', 'Todos os pares'),
        choose: text('Keep one input', 'Manter uma entrada'),
      },
    }),
    inputs: field(z.int().min(2).max(10).default(2), { label: text('Inputs', 'Entradas') }),
    match: field(z.string().default('id'), {
      label: text('Fields that must match', 'Campos que devem coincidir'),
      help: text('Names separated by commas.', 'Nomes separados por vírgulas.'),
      showWhen: { mode: ['fields'] },
    }),
    keep: field(z.enum(['matches', 'first', 'everything']).default('matches'), {
      label: text('Keep', 'Manter'),
      options: {
        matches: text('Items with a match', 'Itens com par'),
        first: text('Every item of input 1', 'Todos os itens da entrada 1'),
        everything: text('Everything', 'Tudo'),
      },
      showWhen: { mode: ['fields'] },
    }),
    choose: field(z.int().min(1).max(10).default(1), {
      label: text('Input to keep', 'Entrada a manter'),
      showWhen: { mode: ['choose'] },
    }),
  }),
  inputs: ({ inputs }) =>
    Array.from(
      { length: typeof inputs === 'number' ? Math.min(Math.max(inputs, 2), 10) : 2 },
      (_, index) => ({
        name: `input${index + 1}`,
        label: text(`Input ${index + 1}`, `Entrada ${index + 1}`),
      }),
    ),
  outputs: oneMain,
});
