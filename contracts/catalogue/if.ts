import { z } from 'zod';
import { conditionFields, ignoreCase } from '../conditions.ts';
import { defineNodeType } from '../node-type.ts';
import { oneMain } from '../ports.ts';
import { text } from '../text.ts';

export const ifNode = defineNodeType({
  type: 'if',
  version: 1,
  role: 'compute',
  group: 'flow',
  icon: 'ArrowsSplit2',
  label: text('If', 'Se'),
  description: text('Sends each item to true or false.', 'Envia cada item para verdadeiro ou falso.'),
  keywords: ['condition', 'branch', 'filter', 'compare', 'condição'],
  parameters: z.object({ ...conditionFields, ignoreCase }),
  inputs: oneMain,
  outputs: () => [
    { name: 'true', label: text('true', 'verdadeiro') },
    { name: 'false', label: text('false', 'falso') },
  ],
});
