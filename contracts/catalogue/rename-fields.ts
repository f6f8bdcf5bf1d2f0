import { z } from 'zod';
import { field } from '../field.ts';
import { defineNodeType } from '../node-type.ts';
import { oneMain } from '../ports.ts';
import { text } from '../text.ts';

const fieldName = () => z.string({ error: 'A field needs a name.' }).min(1, 'A field needs a name.');

export const renameFields = defineNodeType({
  type: 'rename-fields',
  version: 1,
  role: 'compute',
  group: 'data',
  icon: 'CursorText',
  label: text('Rename fields', 'Renomear campos'),
  description: text(
    'Gives fields of each item another name or another place.',
    'Dá outro nome ou outro lugar a campos de cada item.',
  ),
  keywords: ['rename', 'keys', 'move', 'map', 'chaves', 'mover'],
  parameters: z.object({
    fields: field(
      z
        .array(
          z.object({
            from: field(fieldName(), { label: text('From', 'De'), placeholder: 'customer.name' }),
            to: field(fieldName(), { label: text('To', 'Para'), placeholder: 'buyer' }),
          }),
        )
        .default([]),
      {
        label: text('Fields', 'Campos'),
        help: text(
          'One after the other. An item without the field stays as it is; one that has the new name already loses what was there.',
          'Um depois do outro. Um item sem o campo fica como está; um que já tem o nome novo perde o que havia ali.',
        ),
      },
    ),
  }),
  inputs: oneMain,
  outputs: oneMain,
});
