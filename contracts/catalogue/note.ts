import { z } from 'zod';
import { field } from '../field.ts';
import { defineNodeType } from '../node-type.ts';
import { none } from '../ports.ts';
import { text } from '../text.ts';

export const note = defineNodeType({
  type: 'note',
  version: 1,
  role: 'annotation',
  group: 'notes',
  icon: 'Note',
  label: text('Note', 'Nota'),
  description: text('A note on the canvas. It never runs.', 'Uma nota no quadro. Nunca roda.'),
  keywords: ['comment', 'sticky', 'text', 'comentário'],
  parameters: z.object({
    content: field(z.string().max(20_000).default(''), {
      label: text('Text', 'Texto'),
      control: 'multiline',
      fixed: true,
    }),
    width: z.number().min(80).max(4_000).default(240),
    height: z.number().min(60).max(4_000).default(160),
    color: field(z.enum(['yellow', 'blue', 'green', 'red', 'gray']).default('yellow'), {
      label: text('Colour', 'Cor'),
      options: {
        yellow: text('Yellow', 'Amarelo'),
        blue: text('Blue', 'Azul'),
        green: text('Green', 'Verde'),
        red: text('Red', 'Vermelho'),
        gray: text('Gray', 'Cinza'),
      },
    }),
  }),
  inputs: none,
  outputs: none,
});
