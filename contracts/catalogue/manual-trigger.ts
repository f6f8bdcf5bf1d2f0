import { z } from 'zod';
import { field } from '../field.ts';
import { defineNodeType } from '../node-type.ts';
import { none, oneMain } from '../ports.ts';
import { text } from '../text.ts';

export const manualTrigger = defineNodeType({
  type: 'manual-trigger',
  version: 1,
  role: 'trigger',
  group: 'triggers',
  icon: 'PlayerPlay',
  label: text('Manual trigger', 'Início manual'),
  description: text('Starts a run by hand or by the API.', 'Inicia uma execução à mão ou pela API.'),
  keywords: ['start', 'test', 'button', 'api', 'iniciar'],
  parameters: z.object({
    sample: field(z.string().default('{}'), {
      label: text('Sample item', 'Item de exemplo'),
      help: text(
        'The JSON that a run starts with when the caller sends none.',
        'O JSON com que a execução começa quando quem chama não envia nenhum.',
      ),
      control: 'json',
      fixed: true,
    }),
  }),
  inputs: none,
  outputs: oneMain,
  check: ({ sample }) => {
    try {
      JSON.parse(sample);
      return [];
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return [
        { path: ['sample'], message: text(`This is not JSON: ${reason}`, `Isto não é JSON: ${reason}`) },
      ];
    }
  },
});
