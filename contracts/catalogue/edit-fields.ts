import { z } from 'zod';
import { dynamic, dynamicJson } from '../expression.ts';
import { field } from '../field.ts';
import { jsonValue } from '../json.ts';
import { defineNodeType } from '../node-type.ts';
import { oneMain } from '../ports.ts';
import { text } from '../text.ts';

export const assignmentTypes = ['any', 'string', 'number', 'boolean', 'array', 'object'] as const;

export const editFields = defineNodeType({
  type: 'edit-fields',
  version: 1,
  role: 'compute',
  group: 'data',
  icon: 'Pencil',
  label: text('Edit fields', 'Editar campos'),
  description: text(
    'Sets, changes or removes fields of each item.',
    'Define, muda ou remove campos de cada item.',
  ),
  keywords: ['set', 'assign', 'map', 'rename', 'transform', 'definir'],
  parameters: z.object({
    mode: field(z.enum(['fields', 'json']).default('fields'), {
      label: text('Mode', 'Modo'),
      options: { fields: text('Field by field', 'Campo a campo'), json: text('As JSON', 'Como JSON') },
    }),
    assignments: field(
      z
        .array(
          z.object({
            name: field(z.string({ error: 'A field needs a name.' }).min(1, 'A field needs a name.'), {
              label: text('Name', 'Nome'),
              placeholder: 'customer.name',
            }),
            type: field(z.enum(assignmentTypes).default('any'), {
              label: text('Type', 'Tipo'),
              options: {
                any: text('As it comes', 'Como vier'),
                string: text('Text', 'Texto'),
                number: text('Number', 'Número'),
                boolean: text('True or false', 'Verdadeiro ou falso'),
                array: text('List', 'Lista'),
                object: text('Object', 'Objeto'),
              },
            }),
            value: field(dynamic(jsonValue).default(''), { label: text('Value', 'Valor') }),
          }),
        )
        .default([]),
      { label: text('Fields', 'Campos'), showWhen: { mode: ['fields'] } },
    ),
    json: field(dynamicJson().default('{}'), {
      label: text('JSON', 'JSON'),
      control: 'json',
      showWhen: { mode: ['json'] },
    }),
    keepOthers: field(z.boolean().default(true), {
      label: text('Keep the other fields', 'Manter os outros campos'),
    }),
    remove: field(z.string().default(''), {
      label: text('Remove fields', 'Remover campos'),
      help: text('Names separated by commas.', 'Nomes separados por vírgulas.'),
    }),
  }),
  inputs: oneMain,
  outputs: oneMain,
});
