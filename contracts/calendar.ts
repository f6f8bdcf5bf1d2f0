/** Days and times as a schedule's parameters write them. Each function gives undefined for what can't be read. */

export interface Range {
  start: number;
  end: number;
}

const weekDayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const cronField = /^(\*|[A-Za-z0-9,\-*/#L?]+)$/;

export function isCronLine(line: string): boolean {
  const fields = line.trim().split(/\s+/);
  return fields.length === 5 && fields.every((part) => cronField.test(part));
}

/** `09:00, 17:30`; at least one. */
export function timesOfDay(text: string): { hour: number; minute: number }[] | undefined {
  const times = partsOf(text).map((part) => {
    const [, hour, minute] = /^(\d{1,2}):(\d{2})$/.exec(part) ?? [];
    return { hour: Number(hour), minute: Number(minute) };
  });
  const valid = times.every(({ hour, minute }) => hour >= 0 && hour < 24 && minute >= 0 && minute < 60);
  return times.length > 0 && valid ? times : undefined;
}

/** `mon-fri, sun`; 0 is Sunday. `fri-mon` goes over the weekend. Empty: []. */
export function daysOfWeek(text: string): Range[] | undefined {
  const ranges = partsOf(text.toLowerCase()).map((part) => {
    const [from = '', to = from, more] = part.split('-').map((name) => name.trim());
    const [start, end] = [weekDayNames.indexOf(from), weekDayNames.indexOf(to)];
    return more === undefined && start >= 0 && end >= 0 ? { start, end } : undefined;
  });
  if (!allThere(ranges)) return undefined;
  return ranges.flatMap(({ start, end }) =>
    start <= end
      ? [{ start, end }]
      : [
          { start, end: 6 },
          { start: 0, end },
        ],
  );
}

/** `1, 15-20`. Empty: []. */
export function daysOfMonth(text: string): Range[] | undefined {
  return numbers(text, 1, 31);
}

/** `1, 4-6`. Empty: []. */
export function months(text: string): Range[] | undefined {
  return numbers(text, 1, 12);
}

function numbers(text: string, least: number, most: number): Range[] | undefined {
  const ranges = partsOf(text).map((part) => {
    const [, from, to = from] = /^(\d{1,2})(?:\s*-\s*(\d{1,2}))?$/.exec(part) ?? [];
    const [start, end] = [Number(from), Number(to)];
    return start >= least && end <= most && start <= end ? { start, end } : undefined;
  });
  return allThere(ranges) ? ranges : undefined;
}

function partsOf(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function allThere<T>(values: (T | undefined)[]): values is T[] {
  return values.every((value) => value !== undefined);
}
