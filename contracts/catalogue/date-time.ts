import { z } from 'zod';
import { dynamic, dynamicNumber, dynamicText } from '../expression.ts';
import { field } from '../field.ts';
import { defineNodeType } from '../node-type.ts';
import { oneMain } from '../ports.ts';
import { text } from '../text.ts';

export const dateOperations = [
  'now',
  'format',
  'parse',
  'add',
  'subtract',
  'between',
  'round',
  'extract',
  'zone',
] as const;

const unitTexts = {
  years: text('years', 'anos'),
  quarters: text('quarters', 'trimestres'),
  months: text('months', 'meses'),
  weeks: text('weeks', 'semanas'),
  days: text('days', 'dias'),
  hours: text('hours', 'horas'),
  minutes: text('minutes', 'minutos'),
  seconds: text('seconds', 'segundos'),
  milliseconds: text('milliseconds', 'milissegundos'),
};

export const dateTimeNode = defineNodeType({
  type: 'date-time',
  version: 1,
  role: 'compute',
  group: 'data',
  icon: 'CalendarTime',
  label: text('Date & time', 'Data e hora'),
  description: text('Formats, reads, shifts and compares dates.', 'Formata, lê, desloca e compara datas.'),
  keywords: ['now', 'today', 'format', 'timezone', 'luxon', 'duration', 'agora', 'hoje', 'fuso', 'duração'],
  parameters: z.object({
    operation: field(z.enum(dateOperations).default('format'), {
      label: text('Operation', 'Operação'),
      options: {
        now: text('Get the current date', 'Obter a data atual'),
        format: text('Format a date', 'Formatar uma data'),
        parse: text('Read a date in a given format', 'Ler uma data em um formato dado'),
        add: text('Add to a date', 'Somar a uma data'),
        subtract: text('Subtract from a date', 'Subtrair de uma data'),
        between: text('Time between two dates', 'Tempo entre duas datas'),
        round: text('Round a date', 'Arredondar uma data'),
        extract: text('Extract a part', 'Extrair uma parte'),
        zone: text('Change the time zone', 'Mudar o fuso horário'),
      },
    }),
    date: field(dynamicText().default(''), {
      label: text('Date', 'Data'),
      help: text(
        'ISO 8601, RFC 2822, SQL, common English forms, or seconds or milliseconds since 1970.',
        'ISO 8601, RFC 2822, SQL, formas comuns em inglês, ou segundos ou milissegundos desde 1970.',
      ),
      placeholder: '={{ $json.createdAt }}',
      showWhen: {
        operation: ['format', 'parse', 'add', 'subtract', 'between', 'round', 'extract', 'zone'],
      },
    }),
    includeTime: field(z.boolean().default(true), {
      label: text('With the time', 'Com a hora'),
      help: text('Otherwise the beginning of the day.', 'Senão, o início do dia.'),
      showWhen: { operation: ['now'] },
    }),
    format: field(dynamicText().default('yyyy-MM-dd'), {
      label: text('Format', 'Formato'),
      help: text(
        'Luxon tokens: yyyy, LL or MM, dd, HH, mm, ss, cccc, LLLL; X for seconds since 1970.',
        'Símbolos do Luxon: yyyy, LL ou MM, dd, HH, mm, ss, cccc, LLLL; X para segundos desde 1970.',
      ),
      placeholder: 'dd/MM/yyyy HH:mm',
      showWhen: { operation: ['format', 'parse'] },
    }),
    amount: field(dynamicNumber(z.number()).default(1), {
      label: text('Amount', 'Quantidade'),
      showWhen: { operation: ['add', 'subtract'] },
    }),
    until: field(dynamicText().default(''), {
      label: text('Until', 'Até'),
      placeholder: '={{ $now }}',
      showWhen: { operation: ['between'] },
    }),
    rounding: field(z.enum(['down', 'up', 'nearest']).default('down'), {
      label: text('Round', 'Arredondar'),
      options: {
        down: text('down', 'para baixo'),
        up: text('up', 'para cima'),
        nearest: text('to the nearest', 'ao mais próximo'),
      },
      showWhen: { operation: ['round'] },
    }),
    unit: field(
      dynamic(
        z.enum(Object.keys(unitTexts) as [keyof typeof unitTexts, ...(keyof typeof unitTexts)[]]),
      ).default('days'),
      {
        label: text('Unit', 'Unidade'),
        options: unitTexts,
        showWhen: { operation: ['add', 'subtract', 'between', 'round'] },
      },
    ),
    difference: field(z.enum(['number', 'parts', 'iso']).default('number'), {
      label: text('Result', 'Resultado'),
      options: {
        number: text('A number of the unit', 'Um número na unidade'),
        parts: text('Years, months, days, …', 'Anos, meses, dias, …'),
        iso: text('An ISO 8601 duration', 'Uma duração ISO 8601'),
      },
      showWhen: { operation: ['between'] },
    }),
    part: field(
      z
        .enum([
          'year',
          'quarter',
          'month',
          'weekNumber',
          'day',
          'weekday',
          'ordinal',
          'hour',
          'minute',
          'second',
          'millisecond',
          'daysInMonth',
        ])
        .default('month'),
      {
        label: text('Part', 'Parte'),
        options: {
          year: text('Year', 'Ano'),
          quarter: text('Quarter', 'Trimestre'),
          month: text('Month', 'Mês'),
          weekNumber: text('Week of the year', 'Semana do ano'),
          day: text('Day of the month', 'Dia do mês'),
          weekday: text('Day of the week, 1 is Monday', 'Dia da semana, 1 é segunda-feira'),
          ordinal: text('Day of the year', 'Dia do ano'),
          hour: text('Hour', 'Hora'),
          minute: text('Minute', 'Minuto'),
          second: text('Second', 'Segundo'),
          millisecond: text('Millisecond', 'Milissegundo'),
          daysInMonth: text('Days of its month', 'Dias de seu mês'),
        },
        showWhen: { operation: ['extract'] },
      },
    ),
    zone: field(dynamicText().default(''), {
      label: text('Time zone', 'Fuso horário'),
      help: text(
        'An IANA name. Left empty, the one of the automation. Dates without a zone are read in it, and results are given in it.',
        'Um nome IANA. Vazio, o da automação. Datas sem fuso são lidas nele, e resultados são dados nele.',
      ),
      placeholder: 'America/Sao_Paulo',
    }),
    keepLocalTime: field(z.boolean().default(false), {
      label: text('Keep the time on the clock', 'Manter a hora do relógio'),
      help: text(
        '9:00 there becomes 9:00 here: another moment.',
        '9:00 lá se torna 9:00 aqui: outro momento.',
      ),
      showWhen: { operation: ['zone'] },
    }),
    into: field(z.string().default(''), {
      label: text('Into', 'Em'),
      help: text(
        'Left empty: currentDate, formattedDate, parsedDate, newDate, timeDifference, roundedDate, datePart or convertedDate.',
        'Vazio: currentDate, formattedDate, parsedDate, newDate, timeDifference, roundedDate, datePart ou convertedDate.',
      ),
    }),
    keepOthers: field(z.boolean().default(true), {
      label: text('Keep the other fields', 'Manter os outros campos'),
    }),
  }),
  inputs: oneMain,
  outputs: oneMain,
});
