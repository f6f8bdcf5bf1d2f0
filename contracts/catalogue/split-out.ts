import { z } from 'zod';
import { field } from '../field.ts';
import { defineNodeType } from '../node-type.ts';
import { oneMain } from '../ports.ts';
import { text } from '../text.ts';

export const splitOut = defineNodeType({
  type: 'split-out',
  version: 1,
  role: 'compute',
  group: 'data',
  icon: 'ArrowsVertical',
  label: text('Split out', 'Separar lista'),
  description: text('Makes an item of each entry of a list.', 'Faz um item de cada entrada de uma lista.'),
  keywords: ['unwind', 'explode', 'list', 'array', 'items', 'each', 'desmembrar', 'lista'],
  parameters: z.object({
    fields: field(
      z
        .string({ error: 'Name the field that holds the list.' })
        .min(1, 'Name the field that holds the list.'),
      {
        label: text('Fields to split out', 'Campos a separar'),
        help: text(
          'Names separated by commas. Several lists are split side by side: the first entries make the first item. A value that is no list counts as a list of one.',
          'Nomes separados por vírgulas. Várias listas são separadas lado a lado: as primeiras entradas fazem o primeiro item. Um valor que não é lista conta como lista de um.',
        ),
        placeholder: 'body.lines',
      },
    ),
    include: field(z.enum(['none', 'all', 'selected']).default('none'), {
      label: text('Other fields', 'Outros campos'),
      options: {
        none: text('Leave out', 'Deixar de fora'),
        all: text('Keep all', 'Manter todos'),
        selected: text('Keep some', 'Manter alguns'),
      },
    }),
    includeFields: field(z.string().default(''), {
      label: text('Fields to keep', 'Campos a manter'),
      help: text('Names separated by commas.', 'Nomes separados por vírgulas.'),
      placeholder: 'id, customer.email',
      showWhen: { include: ['selected'] },
    }),
    as: field(z.string().default(''), {
      label: text('Into', 'Em'),
      help: text(
        'New names, separated by commas. Left empty, an entry that is an object becomes the item, other entries keep the name of their list.',
        'Nomes novos, separados por vírgulas. Vazio, uma entrada que é objeto se torna o item, outras entradas ficam com o nome de sua lista.',
      ),
    }),
  }),
  inputs: oneMain,
  outputs: oneMain,
});
