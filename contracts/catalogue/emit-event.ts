import { z } from 'zod';
import { dynamicJson, dynamicText } from '../expression.ts';
import { field } from '../field.ts';
import { defineNodeType } from '../node-type.ts';
import { oneMain } from '../ports.ts';
import { text } from '../text.ts';

export const emitEvent = defineNodeType({
  type: 'emit-event',
  version: 1,
  role: 'effect',
  group: 'actions',
  icon: 'Speakerphone',
  label: text('Emit event', 'Emitir evento'),
  description: text(
    'Tells the automations of the workspace that listen to it. Gives the event.',
    'Avisa as automações do workspace que o ouvem. Entrega o evento.',
  ),
  keywords: ['event', 'publish', 'bus', 'trigger', 'notify', 'evento', 'publicar'],
  parameters: z.object({
    name: field(dynamicText().default('order.paid'), {
      label: text('Event', 'Evento'),
      help: text(
        'Parts with dots between. Automations may listen to order.paid or to order.*.',
        'Partes com pontos entre elas. Automações podem ouvir order.paid ou order.*.',
      ),
      placeholder: 'order.paid',
    }),
    carry: field(z.enum(['item', 'json']).default('item'), {
      label: text('Carries', 'Leva'),
      options: { item: text('The item', 'O item'), json: text('JSON', 'JSON') },
    }),
    data: field(dynamicJson().default('{}'), {
      label: text('Data', 'Dados'),
      control: 'multiline',
      showWhen: { carry: ['json'] },
    }),
  }),
  inputs: oneMain,
  outputs: oneMain,
});
