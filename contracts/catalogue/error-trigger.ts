import { z } from 'zod';
import { defineNodeType } from '../node-type.ts';
import { none, oneMain } from '../ports.ts';
import { text } from '../text.ts';

export const errorTrigger = defineNodeType({
  type: 'error-trigger',
  version: 1,
  role: 'trigger',
  group: 'triggers',
  icon: 'AlertTriangle',
  label: text('When a run fails', 'Quando uma execução falha'),
  description: text(
    'Starts when a run of an automation that names this one as its error automation has failed, however it ended.',
    'Inicia quando falha uma execução de uma automação que usa esta como automação de erro, seja como for que terminou.',
  ),
  keywords: ['error', 'failure', 'alert', 'catch', 'on-call', 'erro', 'falha', 'alerta'],
  parameters: z.object({}),
  inputs: none,
  outputs: oneMain,
  listens: () => [{ kind: 'error', key: '' }],
});
