import { z } from 'zod';
import { field } from '../field.ts';
import { defineNodeType } from '../node-type.ts';
import { oneMain } from '../ports.ts';
import { text } from '../text.ts';

export const codeNode = defineNodeType({
  type: 'code',
  version: 1,
  role: 'effect',
  group: 'data',
  icon: 'Code',
  label: text('Code', 'Código'),
  description: text(
    'Runs your JavaScript in a sandbox without network or secrets.',
    'Roda seu JavaScript em um ambiente isolado, sem rede nem segredos.',
  ),
  keywords: ['javascript', 'function', 'script', 'quickjs', 'função'],
  parameters: z.object({
    mode: field(z.enum(['allItems', 'eachItem']).default('allItems'), {
      label: text('Run', 'Rodar'),
      options: {
        allItems: text('Once for all items', 'Uma vez para todos os itens'),
        eachItem: text('Once for each item', 'Uma vez para cada item'),
      },
    }),
    code: field(z.string().max(200_000).default('return $input.all();'), {
      label: text('JavaScript', 'JavaScript'),
      help: text(
        "Return a list of items ({ json: … } or plain objects). $input, $json, $('Node') and console.log are there.",
        "Retorne uma lista de itens ({ json: … } ou objetos). $input, $json, $('Nó') e console.log estão disponíveis.",
      ),
      control: 'code',
    }),
    timeLimit: field(z.number().min(0.1).max(60).default(5), {
      label: text('Time limit (seconds)', 'Limite de tempo (segundos)'),
    }),
    memoryLimit: field(z.int().min(4).max(256).default(64), {
      label: text('Memory limit (MB)', 'Limite de memória (MB)'),
    }),
  }),
  inputs: oneMain,
  outputs: oneMain,
});
