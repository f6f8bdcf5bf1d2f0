import { z } from 'zod';
import { dynamicNumber, dynamicText } from '../expression.ts';
import { field } from '../field.ts';
import { defineNodeType } from '../node-type.ts';
import { oneMain } from '../ports.ts';
import { text } from '../text.ts';

export const waitNode = defineNodeType({
  type: 'wait',
  version: 1,
  role: 'control',
  group: 'flow',
  icon: 'Hourglass',
  label: text('Wait', 'Esperar'),
  description: text(
    'Waits for a time or until a date, from seconds to months.',
    'Espera um tempo ou até uma data, de segundos a meses.',
  ),
  keywords: ['delay', 'sleep', 'pause', 'timer', 'until', 'pausa'],
  parameters: z.object({
    mode: field(z.enum(['duration', 'until']).default('duration'), {
      label: text('Wait', 'Esperar'),
      options: { duration: text('for a time', 'por um tempo'), until: text('until a date', 'até uma data') },
    }),
    amount: field(dynamicNumber(z.number().min(0)).default(1), {
      label: text('Amount', 'Quantidade'),
      showWhen: { mode: ['duration'] },
    }),
    unit: field(z.enum(['seconds', 'minutes', 'hours', 'days']).default('minutes'), {
      label: text('Unit', 'Unidade'),
      showWhen: { mode: ['duration'] },
      options: {
        seconds: text('seconds', 'segundos'),
        minutes: text('minutes', 'minutos'),
        hours: text('hours', 'horas'),
        days: text('days', 'dias'),
      },
    }),
    until: field(dynamicText().default(''), {
      label: text('Date and time', 'Data e hora'),
      help: text(
        'ISO 8601; without an offset, in the time zone of the automation.',
        'ISO 8601; sem deslocamento, no fuso horário da automação.',
      ),
      placeholder: '2027-01-31T09:00',
      showWhen: { mode: ['until'] },
    }),
  }),
  inputs: oneMain,
  outputs: oneMain,
});
