import { z } from 'zod';
import { dynamicJson } from '../expression.ts';
import { field } from '../field.ts';
import { defineNodeType } from '../node-type.ts';
import { oneMain } from '../ports.ts';
import { text } from '../text.ts';

export const subAutomation = defineNodeType({
  type: 'sub-automation',
  version: 1,
  role: 'control',
  group: 'flow',
  icon: 'Sitemap',
  label: text('Run an automation', 'Executar uma automação'),
  description: text(
    'Runs another automation of the workspace, for all items at once or for each of them, several at a time.',
    'Executa outra automação do espaço de trabalho, para todos os itens de uma vez ou para cada um, vários ao mesmo tempo.',
  ),
  keywords: [
    'sub-automation',
    'sub-workflow',
    'call',
    'function',
    'for each',
    'parallel',
    'subautomação',
    'chamar',
    'paralelo',
  ],
  parameters: z.object({
    automation: field(z.string({ error: 'Choose an automation.' }).min(1, 'Choose an automation.').max(64), {
      label: text('Automation', 'Automação'),
      help: text(
        'What is published of it when the step begins. It needs the trigger “When called”.',
        'O que está publicado dela quando o passo começa. Ela precisa do gatilho “Quando chamada”.',
      ),
      control: 'automation',
      fixed: true,
    }),
    mode: field(z.enum(['once', 'each']).default('once'), {
      label: text('Run it', 'Executar'),
      options: {
        once: text('once, with all items', 'uma vez, com todos os itens'),
        each: text('once for each item', 'uma vez para cada item'),
      },
    }),
    concurrency: field(z.int().min(1).max(100).default(5), {
      label: text('At a time', 'Ao mesmo tempo'),
      help: text(
        'Runs that work at once. The results keep the order of the items.',
        'Execuções que trabalham ao mesmo tempo. Os resultados mantêm a ordem dos itens.',
      ),
      showWhen: { mode: ['each'] },
    }),
    wait: field(z.boolean().default(true), {
      label: text('Wait for its end', 'Esperar o fim'),
      help: text(
        'Then the step gives what the run gives back, and fails when it fails. Otherwise the items go on as they are.',
        'Então o passo devolve o que a execução devolve, e falha quando ela falha. Senão, os itens seguem como estão.',
      ),
    }),
    values: field(
      z
        .array(
          z.object({
            name: field(z.string().trim().min(1, 'A field needs a name.').max(128), {
              label: text('Field', 'Campo'),
              fixed: true,
            }),
            value: field(dynamicJson().default(''), {
              label: text('Value', 'Valor'),
              control: 'text',
            }),
          }),
        )
        .max(100)
        .default([]),
      {
        label: text('Input', 'Entrada'),
        help: text(
          'What each item that it gets consists of. None: the items as they are.',
          'De que consiste cada item que ela recebe. Nenhum: os itens como estão.',
        ),
      },
    ),
  }),
  inputs: oneMain,
  outputs: oneMain,
});
