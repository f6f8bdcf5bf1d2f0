import { z } from 'zod';
import { field } from '../field.ts';
import { defineNodeType } from '../node-type.ts';
import { oneMain } from '../ports.ts';
import { text } from '../text.ts';

export const summaryOperations = [
  'count',
  'countUnique',
  'sum',
  'average',
  'median',
  'min',
  'max',
  'first',
  'last',
  'append',
  'concatenate',
] as const;

export const summarizeNode = defineNodeType({
  type: 'summarize',
  version: 1,
  role: 'compute',
  group: 'data',
  icon: 'Sum',
  label: text('Summarize', 'Resumir'),
  description: text(
    'Counts, adds up and compares values, for all items or group by group.',
    'Conta, soma e compara valores, de todos os itens ou grupo a grupo.',
  ),
  keywords: ['group by', 'pivot', 'count', 'sum', 'average', 'total', 'agrupar', 'somar', 'contar', 'média'],
  parameters: z.object({
    values: field(
      z
        .array(
          z.object({
            operation: field(z.enum(summaryOperations).default('count'), {
              label: text('Operation', 'Operação'),
              options: {
                count: text('Count', 'Contar'),
                countUnique: text('Count unique', 'Contar únicos'),
                sum: text('Sum', 'Somar'),
                average: text('Average', 'Média'),
                median: text('Median', 'Mediana'),
                min: text('Smallest', 'Menor'),
                max: text('Largest', 'Maior'),
                first: text('First', 'Primeiro'),
                last: text('Last', 'Último'),
                append: text('Into a list', 'Em uma lista'),
                concatenate: text('Into a text', 'Em um texto'),
              },
            }),
            field: field(z.string().default(''), {
              label: text('Field', 'Campo'),
              help: text('Count without a field counts items.', 'Contar sem campo conta itens.'),
              placeholder: 'line.price',
            }),
            as: field(z.string().default(''), {
              label: text('Name', 'Nome'),
              help: text(
                'Left empty: sum_price, average_price, unique_count_price, …',
                'Vazio: sum_price, average_price, unique_count_price, …',
              ),
            }),
            separator: field(z.string().max(100).default(', '), {
              label: text('Between the texts', 'Entre os textos'),
              showWhen: { operation: ['concatenate'] },
            }),
            includeEmpty: field(z.boolean().default(false), {
              label: text('Include empty values', 'Incluir valores vazios'),
              showWhen: { operation: ['count', 'countUnique', 'first', 'last', 'append', 'concatenate'] },
            }),
          }),
        )
        .max(50)
        .default([]),
      { label: text('Summarize', 'Resumir') },
    ),
    groupBy: field(z.string().default(''), {
      label: text('Group by', 'Agrupar por'),
      help: text(
        'Field names separated by commas. Left empty, all items are one group.',
        'Nomes de campos separados por vírgulas. Vazio, todos os itens são um grupo.',
      ),
      placeholder: 'country, customer.type',
    }),
    output: field(z.enum(['items', 'oneItem']).default('items'), {
      label: text('Result', 'Resultado'),
      options: {
        items: text('An item for each group', 'Um item para cada grupo'),
        oneItem: text('One item with a field for each group', 'Um item com um campo para cada grupo'),
      },
    }),
    withoutGroup: field(z.boolean().default(true), {
      label: text('Keep items without these fields', 'Manter itens sem esses campos'),
      help: text(
        'They make a group of their own, with null. Otherwise they are left out.',
        'Formam um grupo próprio, com null. Senão, ficam de fora.',
      ),
    }),
  }),
  inputs: oneMain,
  outputs: oneMain,
  check: ({ values }) => {
    if (values.length === 0)
      return [{ path: ['values'], message: text('Name a value to summarize.', 'Dê um valor a resumir.') }];
    return values.flatMap(({ operation, field: name }, index) =>
      operation === 'count' || name !== ''
        ? []
        : [
            {
              path: ['values', index, 'field'],
              message: text('Name the field to summarize.', 'Dê o campo a resumir.'),
            },
          ],
    );
  },
});
