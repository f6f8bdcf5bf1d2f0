import { z } from 'zod';
import { field } from '../field.ts';
import { defineNodeType } from '../node-type.ts';
import { none, oneMain } from '../ports.ts';
import { text } from '../text.ts';

const cronField = /^(\*|[A-Za-z0-9,\-*/#L?]+)$/;

export const scheduleTrigger = defineNodeType({
  type: 'schedule-trigger',
  version: 1,
  role: 'trigger',
  group: 'triggers',
  icon: 'Clock',
  label: text('Schedule', 'Agendamento'),
  description: text('Starts runs by interval or calendar.', 'Inicia execuções por intervalo ou calendário.'),
  keywords: ['cron', 'timer', 'interval', 'every', 'daily', 'hora', 'diário'],
  parameters: z.object({
    mode: field(z.enum(['interval', 'cron']).default('interval'), {
      label: text('Repeat', 'Repetir'),
      options: {
        interval: text('Every so often', 'De tempos em tempos'),
        cron: text('By cron line', 'Por linha cron'),
      },
    }),
    every: field(z.int().min(1).max(100_000).default(5), {
      label: text('Every', 'A cada'),
      showWhen: { mode: ['interval'] },
    }),
    unit: field(z.enum(['seconds', 'minutes', 'hours', 'days']).default('minutes'), {
      label: text('Unit', 'Unidade'),
      showWhen: { mode: ['interval'] },
      options: {
        seconds: text('seconds', 'segundos'),
        minutes: text('minutes', 'minutos'),
        hours: text('hours', 'horas'),
        days: text('days', 'dias'),
      },
    }),
    cron: field(z.string().default('0 9 * * 1-5'), {
      label: text('Cron line', 'Linha cron'),
      help: text(
        'Minute, hour, day of month, month, day of week, in the time zone of the automation.',
        'Minuto, hora, dia do mês, mês, dia da semana, no fuso horário da automação.',
      ),
      placeholder: '0 9 * * 1-5',
      fixed: true,
      showWhen: { mode: ['cron'] },
    }),
  }),
  inputs: none,
  outputs: oneMain,
  check: ({ mode, cron }) => {
    const fields = cron.trim().split(/\s+/);
    if (mode !== 'cron' || (fields.length === 5 && fields.every((f) => cronField.test(f)))) return [];
    return [
      {
        path: ['cron'],
        message: text(
          'A cron line has five fields: minute, hour, day of month, month, day of week.',
          'Uma linha cron tem cinco campos: minuto, hora, dia do mês, mês, dia da semana.',
        ),
      },
    ];
  },
});
