import { z } from 'zod';
import { field } from '../field.ts';
import { defineNodeType } from '../node-type.ts';
import { none, oneMain } from '../ports.ts';
import { text } from '../text.ts';

export const fieldTypes = ['any', 'text', 'number', 'boolean', 'object', 'list'] as const;
export type FieldType = (typeof fieldTypes)[number];

export const subAutomationTrigger = defineNodeType({
  type: 'sub-automation-trigger',
  version: 1,
  role: 'trigger',
  group: 'triggers',
  icon: 'ArrowRampRight',
  label: text('When called', 'Quando chamada'),
  description: text(
    'Starts when another automation of the workspace calls this one.',
    'Inicia quando outra automação do espaço de trabalho chama esta.',
  ),
  keywords: [
    'sub-automation',
    'sub-workflow',
    'function',
    'call',
    'execute',
    'subautomação',
    'função',
    'chamada',
  ],
  parameters: z.object({
    fields: field(
      z
        .array(
          z.object({
            name: field(z.string().trim().min(1, 'A field needs a name.').max(128), {
              label: text('Name', 'Nome'),
              fixed: true,
            }),
            type: field(z.enum(fieldTypes).default('any'), {
              label: text('Kind', 'Tipo'),
              options: {
                any: text('anything', 'qualquer coisa'),
                text: text('text', 'texto'),
                number: text('number', 'número'),
                boolean: text('yes or no', 'sim ou não'),
                object: text('object', 'objeto'),
                list: text('list', 'lista'),
              },
            }),
            required: field(z.boolean().default(true), { label: text('Required', 'Obrigatório') }),
          }),
        )
        .max(100)
        .default([]),
      {
        label: text('Fields it takes', 'Campos que recebe'),
        help: text(
          'Each item that the caller sends is checked before the run starts. None: it takes whatever comes.',
          'Cada item que quem chama envia é verificado antes do início. Nenhum: recebe o que vier.',
        ),
      },
    ),
    returns: field(z.string().max(128).default(''), {
      label: text('Gives back the items of', 'Devolve os itens de'),
      help: text(
        'The name of a node. Empty: of the last node that ran.',
        'O nome de um nó. Vazio: do último nó que rodou.',
      ),
      placeholder: 'Edit fields',
      fixed: true,
    }),
  }),
  inputs: none,
  outputs: oneMain,
  listens: () => [{ kind: 'sub-automation', key: '' }],
});
