/**
 * Cron lines and calendars as a person says them: "Monday to Friday at 09:00". Only the forms that people write; undefined for any other,
 * which is shown as it is rather than half understood.
 */
import {
  daysOfMonth,
  daysOfWeek,
  months as monthsOf,
  type Range,
  timesOfDay,
} from '../../../contracts/calendar.ts';
import type { Language } from '../../../contracts/text.ts';

interface Words {
  everyMinute: string;
  everyMinutes(count: number): string;
  everyHour(minute: string): string;
  everyHours(count: number, minute: string): string;
  everyDay: string;
  to: string;
  onDays(days: string): string;
  inMonths(months: string): string;
  at(times: string): string;
}

const words: Record<Language, Words> = {
  en: {
    everyMinute: 'every minute',
    everyMinutes: (count) => `every ${count} minutes`,
    everyHour: (minute) => `every hour at :${minute}`,
    everyHours: (count, minute) => `every ${count} hours at :${minute}`,
    everyDay: 'every day',
    to: ' to ',
    onDays: (days) => `on day ${days} of the month`,
    inMonths: (months) => `in ${months}`,
    at: (times) => `at ${times}`,
  },
  pt: {
    everyMinute: 'a cada minuto',
    everyMinutes: (count) => `a cada ${count} minutos`,
    everyHour: (minute) => `a cada hora, aos :${minute}`,
    everyHours: (count, minute) => `a cada ${count} horas, aos :${minute}`,
    everyDay: 'todo dia',
    to: ' a ',
    onDays: (days) => `no dia ${days} do mês`,
    inMonths: (months) => `em ${months}`,
    at: (times) => `às ${times}`,
  },
};

export interface CalendarParts {
  times: string;
  weekDays: string;
  monthDays: string;
  months: string;
}

/** As the parameters of a schedule write them: `09:00, 17:30`, `mon-fri`, `1, 15`, `4-6`. */
export function calendarWords(parts: CalendarParts, language: Language): string | undefined {
  const times = timesOfDay(parts.times);
  const weekDays = daysOfWeek(parts.weekDays);
  const monthDays = daysOfMonth(parts.monthDays);
  const months = monthsOf(parts.months);
  if (!times || !weekDays || !monthDays || !months) return undefined;
  const { to, onDays, inMonths, everyDay, at } = words[language];
  const list = (ranges: readonly Range[], name: (of: number) => string) =>
    listOf(
      ranges.map(({ start, end }) => (start === end ? name(start) : name(start) + to + name(end))),
      language,
    );
  const days = [
    ...(weekDays.length > 0
      ? [list(weekDays, (day) => nameOf({ weekday: 'long' }, 4 + day, 0, language))]
      : []),
    ...(monthDays.length > 0 ? [onDays(list(monthDays, String))] : []),
  ];
  const said = times.map(({ hour, minute }) => `${two(hour)}:${two(minute)}`);
  return [
    days.length > 0 ? days.join(', ') : everyDay,
    ...(months.length > 0
      ? [inMonths(list(months, (month) => nameOf({ month: 'long' }, 15, month - 1, language)))]
      : []),
    at(listOf(said, language)),
  ].join(' ');
}

/** Five fields: minute, hour, day of month, month, day of week. */
export function cronWords(line: string, language: Language): string | undefined {
  const [minute = '', hour = '', day = '', month = '', weekDay = '', more] = line.trim().split(/\s+/);
  if (more !== undefined) return undefined;
  const { everyMinute, everyMinutes, everyHour, everyHours } = words[language];
  const isDaily = day === '*' && month === '*' && weekDay === '*';
  const step = (of: string) => Number(/^\*\/(\d+)$/.exec(of)?.[1]);
  if (isDaily && hour === '*' && minute === '*') return everyMinute;
  if (isDaily && hour === '*' && step(minute) > 1) return everyMinutes(step(minute));
  if (!/^\d{1,2}$/.test(minute) || Number(minute) > 59) return undefined;
  if (isDaily && hour === '*') return everyHour(two(Number(minute)));
  if (isDaily && step(hour) > 1) return everyHours(step(hour), two(Number(minute)));
  // Which of both counts is told apart by nobody who reads it.
  if (day !== '*' && weekDay !== '*') return undefined;
  const weekDays = weekDay === '*' ? '' : namedDays(weekDay);
  if (!/^\d{1,2}(,\d{1,2})*$/.test(hour) || weekDays === undefined) return undefined;
  const times = hour.split(',').map((at) => `${at}:${two(Number(minute))}`);
  return calendarWords(
    {
      times: times.join(', '),
      weekDays,
      monthDays: day === '*' ? '' : day,
      months: month === '*' ? '' : month,
    },
    language,
  );
}

const weekDayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** `1-5` → `mon-fri`; names stay. */
function namedDays(field: string): string | undefined {
  if (!/^[\da-z,-]+$/i.test(field)) return undefined;
  return field.replace(/\d+/g, (day) => weekDayNames[Number(day)] ?? day);
}

/** Of January 1970, which the 4th, a Sunday, belongs to. */
function nameOf(format: Intl.DateTimeFormatOptions, day: number, month: number, language: Language): string {
  const locale = language === 'pt' ? 'pt-BR' : 'en-GB';
  return new Intl.DateTimeFormat(locale, { ...format, timeZone: 'UTC' }).format(
    new Date(Date.UTC(1970, month, day)),
  );
}

function listOf(parts: readonly string[], language: Language): string {
  return new Intl.ListFormat(language === 'pt' ? 'pt-BR' : 'en-GB').format(parts);
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
