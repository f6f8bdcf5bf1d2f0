import { z } from 'zod';
import { defineNodeType } from '../node-type.ts';
import { oneMain } from '../ports.ts';
import { text } from '../text.ts';

export const noOp = defineNodeType({
  type: 'no-op',
  version: 1,
  role: 'compute',
  group: 'flow',
  icon: 'ArrowRight',
  label: text('No operation', 'Sem operação'),
  description: text('Passes its items on unchanged.', 'Passa os itens adiante sem mudança.'),
  keywords: ['nothing', 'pass', 'nada'],
  parameters: z.object({}),
  inputs: oneMain,
  outputs: oneMain,
});
