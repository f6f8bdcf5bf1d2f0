import { z } from 'zod';
import { daysOfMonth, daysOfWeek, isCronLine, months, timesOfDay } from '../calendar.ts';
import { field } from '../field.ts';
import { defineNodeType } from '../node-type.ts';
import { none, oneMain } from '../ports.ts';
import { type Text, text } from '../text.ts';
import { intervalUnits, unitOptions } from './clock-fields.ts';

/** What becomes of a tick while the run of the one before still works. */
export const overlapPolicies = [
  'skip',
  'bufferOne',
  'bufferAll',
  'cancelOther',
  'terminateOther',
  'allowAll',
] as const;
export type OverlapPolicy = (typeof overlapPolicies)[number];

export const scheduleTrigger = defineNodeType({
  type: 'schedule-trigger',
  version: 1,
  role: 'trigger',
  group: 'triggers',
  icon: 'Clock',
  label: text('Schedule', 'Agendamento'),
  description: text('Starts runs by interval or calendar.', 'Inicia execuções por intervalo ou calendário.'),
  keywords: ['cron', 'timer', 'interval', 'every', 'daily', 'calendar', 'hora', 'diário', 'calendário'],
  parameters: z.object({
    mode: field(z.enum(['interval', 'calendar', 'cron']).default('interval'), {
      label: text('Repeat', 'Repetir'),
      options: {
        interval: text('Every so often', 'De tempos em tempos'),
        calendar: text('On days and at times', 'Em dias e horários'),
        cron: text('By cron line', 'Por linha cron'),
      },
    }),
    every: field(z.int().min(1).max(100_000).default(5), {
      label: text('Every', 'A cada'),
      showWhen: { mode: ['interval'] },
    }),
    unit: field(z.enum(intervalUnits).default('minutes'), {
      label: text('Unit', 'Unidade'),
      showWhen: { mode: ['interval'] },
      options: unitOptions,
    }),
    times: field(z.string().max(500).default('09:00'), {
      label: text('At', 'Às'),
      help: text('Times of the day, with commas between.', 'Horários do dia, separados por vírgulas.'),
      placeholder: '09:00, 17:30',
      fixed: true,
      showWhen: { mode: ['calendar'] },
    }),
    weekDays: field(z.string().max(100).default('mon-fri'), {
      label: text('Days of the week', 'Dias da semana'),
      help: text(
        'sun mon tue wed thu fri sat, ranges too: mon-fri. Empty: any.',
        'sun mon tue wed thu fri sat, também faixas: mon-fri. Vazio: qualquer um.',
      ),
      placeholder: 'mon-fri',
      fixed: true,
      showWhen: { mode: ['calendar'] },
    }),
    monthDays: field(z.string().max(100).default(''), {
      label: text('Days of the month', 'Dias do mês'),
      help: text(
        '1 to 31, ranges too: 1, 15-20. Empty: any. A day has to fit both, week and month.',
        '1 a 31, também faixas: 1, 15-20. Vazio: qualquer um. O dia precisa valer nos dois, semana e mês.',
      ),
      placeholder: '1, 15',
      fixed: true,
      showWhen: { mode: ['calendar'] },
    }),
    months: field(z.string().max(100).default(''), {
      label: text('Months', 'Meses'),
      help: text('1 to 12, ranges too. Empty: every month.', '1 a 12, também faixas. Vazio: todo mês.'),
      placeholder: '1, 4, 7, 10',
      fixed: true,
      showWhen: { mode: ['calendar'] },
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
    timezone: field(z.string().max(100).default(''), {
      label: text('Time zone', 'Fuso horário'),
      help: text("Empty: the automation's.", 'Vazio: o da automação.'),
      placeholder: 'America/Sao_Paulo',
      fixed: true,
      showWhen: { mode: ['calendar', 'cron'] },
    }),
    startAt: field(z.string().max(40).default(''), {
      label: text('From', 'A partir de'),
      help: text(
        'Does not tick before. ISO 8601, UTC unless it says otherwise.',
        'Não dispara antes. ISO 8601, UTC se nada disser.',
      ),
      placeholder: '2027-01-31T09:00Z',
      control: 'dateTime',
      fixed: true,
    }),
    endAt: field(z.string().max(40).default(''), {
      label: text('Until', 'Até'),
      help: text('Does not tick afterwards.', 'Não dispara depois.'),
      placeholder: '2027-12-31T23:59Z',
      control: 'dateTime',
      fixed: true,
    }),
    jitter: field(z.int().min(0).max(86_400).default(0), {
      label: text('Spread by up to (seconds)', 'Espalhar em até (segundos)'),
      help: text(
        'Each tick comes by chance up to that much later: many schedules at the full hour then do not come all at once.',
        'Cada disparo atrasa ao acaso até esse tanto: assim muitos agendamentos da hora cheia não vêm todos juntos.',
      ),
    }),
    overlap: field(z.enum(overlapPolicies).default('bufferOne'), {
      label: text('While the last run still works', 'Enquanto a execução anterior trabalha'),
      options: {
        skip: text('Skip the tick', 'Pular o disparo'),
        bufferOne: text('One tick waits for its end', 'Um disparo espera o fim dela'),
        bufferAll: text('All ticks wait, one after the other', 'Todos os disparos esperam, um após o outro'),
        cancelOther: text('Cancel the last run', 'Cancelar a execução anterior'),
        terminateOther: text('Terminate the last run at once', 'Encerrar de imediato a execução anterior'),
        allowAll: text('Run at the same time', 'Executar ao mesmo tempo'),
      },
    }),
    catchUp: field(z.int().min(1).max(525_600).default(60), {
      label: text(
        'Make up for ticks missed for up to (minutes)',
        'Recuperar disparos perdidos por até (minutos)',
      ),
      help: text(
        'After an outage of Temporal, ticks that are later than this are left out.',
        'Depois de uma parada do Temporal, disparos mais atrasados que isto são deixados de lado.',
      ),
    }),
  }),
  inputs: none,
  outputs: oneMain,
  check: ({ mode, cron, times, weekDays, monthDays, months: inMonths, timezone, startAt, endAt }) => [
    ...(mode === 'cron' && !isCronLine(cron) ? [wrong('cron', cronText)] : []),
    ...(mode === 'calendar' && !timesOfDay(times) ? [wrong('times', timesText)] : []),
    ...(mode === 'calendar' && !daysOfWeek(weekDays) ? [wrong('weekDays', weekDaysText)] : []),
    ...(mode === 'calendar' && !daysOfMonth(monthDays) ? [wrong('monthDays', monthDaysText)] : []),
    ...(mode === 'calendar' && !months(inMonths) ? [wrong('months', monthsText)] : []),
    ...(mode !== 'interval' && timezone !== '' && !isZone(timezone) ? [wrong('timezone', zoneText)] : []),
    ...(isMoment(startAt) ? [] : [wrong('startAt', momentText)]),
    ...(isMoment(endAt) ? [] : [wrong('endAt', momentText)]),
    ...(startAt !== '' && endAt !== '' && Date.parse(startAt) >= Date.parse(endAt)
      ? [wrong('endAt', orderText)]
      : []),
  ],
});

function wrong(name: string, message: Text) {
  return { path: [name], message };
}

function isMoment(value: string): boolean {
  return value === '' || !Number.isNaN(Date.parse(value));
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

const cronText = text(
  'A cron line has five fields: minute, hour, day of month, month, day of week.',
  'Uma linha cron tem cinco campos: minuto, hora, dia do mês, mês, dia da semana.',
);
const timesText = text(
  'Write times as 09:00, with commas between.',
  'Escreva horários como 09:00, separados por vírgulas.',
);
const weekDaysText = text('Write days as mon, wed or mon-fri.', 'Escreva dias como mon, wed ou mon-fri.');
const monthDaysText = text(
  'Write days from 1 to 31, such as 1, 15-20.',
  'Escreva dias de 1 a 31, como 1, 15-20.',
);
const monthsText = text(
  'Write months from 1 to 12, such as 1, 4-6.',
  'Escreva meses de 1 a 12, como 1, 4-6.',
);
const zoneText = text(
  'This is not a time zone. Use an IANA name such as America/Sao_Paulo.',
  'Isto não é um fuso horário. Use um nome IANA, como America/Sao_Paulo.',
);
const momentText = text(
  'Write a moment such as 2027-01-31T09:00Z.',
  'Escreva um momento como 2027-01-31T09:00Z.',
);
const orderText = text('The end has to come after the beginning.', 'O fim precisa vir depois do começo.');
