import { z } from 'zod';
import { field } from '../field.ts';
import { defineNodeType } from '../node-type.ts';
import { text } from '../text.ts';

export const compareNode = defineNodeType({
  type: 'compare',
  version: 1,
  role: 'control',
  join: 'inputs',
  group: 'data',
  icon: 'GitCompare',
  label: text('Compare', 'Comparar'),
  description: text(
    'Tells two lists apart: what is only in one, the same in both, or different.',
    'Distingue duas listas: o que está só em uma, igual nas duas, ou diferente.',
  ),
  keywords: ['diff', 'difference', 'datasets', 'changes', 'sync', 'diferença', 'mudanças', 'sincronizar'],
  parameters: z.object({
    match: field(
      z
        .array(
          z.object({
            a: field(z.string({ error: 'A field needs a name.' }).min(1, 'A field needs a name.'), {
              label: text('Field of A', 'Campo de A'),
              placeholder: 'id',
            }),
            b: field(z.string().default(''), {
              label: text('Field of B', 'Campo de B'),
              help: text('Left empty, the same.', 'Vazio, o mesmo.'),
            }),
          }),
        )
        .max(20)
        .default([{ a: 'id', b: '' }]),
      {
        label: text('Items belong together where', 'Itens são o mesmo onde'),
        help: text('All of these fields are the same.', 'Todos estes campos são iguais.'),
      },
    ),
    skip: field(z.string().default(''), {
      label: text('Do not compare', 'Não comparar'),
      help: text(
        'Fields that may differ, names separated by commas.',
        'Campos que podem diferir, nomes separados por vírgulas.',
      ),
      placeholder: 'updatedAt',
    }),
    different: field(z.enum(['both', 'a', 'b']).default('both'), {
      label: text('Different items give', 'Itens diferentes dão'),
      options: {
        both: text('The differing fields of both', 'Os campos diferentes de ambos'),
        a: text('The item of A', 'O item de A'),
        b: text('The item of B', 'O item de B'),
      },
    }),
    loose: field(z.boolean().default(false), {
      label: text('Compare loosely', 'Comparar sem rigor'),
      help: text(
        '"3" is the number 3, "true" is true, and nothing, null and empty text are the same.',
        '"3" é o número 3, "true" é verdadeiro, e nada, null e texto vazio são iguais.',
      ),
    }),
    multiple: field(z.enum(['first', 'all']).default('first'), {
      label: text('Several matches', 'Vários pares'),
      options: {
        first: text('Compare with the first', 'Comparar com o primeiro'),
        all: text('Compare with each', 'Comparar com cada um'),
      },
    }),
  }),
  inputs: () => [
    { name: 'input1', label: text('A', 'A') },
    { name: 'input2', label: text('B', 'B') },
  ],
  outputs: () => [
    { name: 'onlyA', label: text('only in A', 'só em A') },
    { name: 'same', label: text('same', 'iguais') },
    { name: 'different', label: text('different', 'diferentes') },
    { name: 'onlyB', label: text('only in B', 'só em B') },
  ],
  check: ({ match }) =>
    match.length === 0
      ? [{ path: ['match'], message: text('Name a field to match by.', 'Dê um campo para comparar.') }]
      : [],
});
