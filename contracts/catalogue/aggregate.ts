import { z } from 'zod';
import { field } from '../field.ts';
import { defineNodeType } from '../node-type.ts';
import { oneMain } from '../ports.ts';
import { text } from '../text.ts';

export const aggregateNode = defineNodeType({
  type: 'aggregate',
  version: 1,
  role: 'compute',
  group: 'data',
  icon: 'Stack2',
  label: text('Aggregate', 'Agregar'),
  description: text('Puts all items into one.', 'Reúne todos os itens em um.'),
  keywords: ['group', 'collect', 'combine', 'list', 'array', 'all', 'juntar', 'lista'],
  parameters: z.object({
    mode: field(z.enum(['fields', 'items']).default('fields'), {
      label: text('Aggregate', 'Agregar'),
      options: {
        fields: text('Fields, each into a list', 'Campos, cada um em uma lista'),
        items: text('Whole items into one list', 'Itens inteiros em uma lista'),
      },
    }),
    fields: field(
      z
        .array(
          z.object({
            name: field(z.string({ error: 'A field needs a name.' }).min(1, 'A field needs a name.'), {
              label: text('Field', 'Campo'),
              placeholder: 'customer.email',
            }),
            as: field(z.string().default(''), {
              label: text('List', 'Lista'),
              help: text('Left empty, the last part of the name.', 'Vazio, a última parte do nome.'),
              placeholder: 'emails',
            }),
          }),
        )
        .default([]),
      { label: text('Fields', 'Campos'), showWhen: { mode: ['fields'] } },
    ),
    keepMissing: field(z.boolean().default(false), {
      label: text('Keep missing values', 'Manter valores ausentes'),
      help: text(
        'As null, so that lists stay side by side. Otherwise items without the field are left out.',
        'Como null, para que as listas fiquem lado a lado. Senão, itens sem o campo ficam de fora.',
      ),
      showWhen: { mode: ['fields'] },
    }),
    mergeLists: field(z.boolean().default(false), {
      label: text('Merge lists', 'Unir listas'),
      help: text(
        'The entries of values that are lists go into one list, not into a list of lists.',
        'As entradas de valores que são listas vão para uma só lista, não uma lista de listas.',
      ),
      showWhen: { mode: ['fields'] },
    }),
    into: field(z.string().min(1, 'A field needs a name.').default('data'), {
      label: text('Into', 'Em'),
      showWhen: { mode: ['items'] },
    }),
    include: field(z.enum(['all', 'selected', 'except']).default('all'), {
      label: text('Fields of each item', 'Campos de cada item'),
      options: {
        all: text('All', 'Todos'),
        selected: text('Some', 'Alguns'),
        except: text('All except', 'Todos, menos'),
      },
      showWhen: { mode: ['items'] },
    }),
    includeFields: field(z.string().default(''), {
      label: text('Fields', 'Campos'),
      help: text('Names separated by commas.', 'Nomes separados por vírgulas.'),
      placeholder: 'id, customer.email',
      showWhen: { mode: ['items'], include: ['selected', 'except'] },
    }),
  }),
  inputs: oneMain,
  outputs: oneMain,
  check: ({ mode, fields }) =>
    mode === 'fields' && fields.length === 0
      ? [{ path: ['fields'], message: text('Name a field to aggregate.', 'Dê um campo a agregar.') }]
      : [],
});
