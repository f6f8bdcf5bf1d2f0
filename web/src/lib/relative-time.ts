import type { Language } from '../../../contracts/text.ts';

const steps: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['second', 60],
  ['minute', 60],
  ['hour', 24],
  ['day', 30],
  ['month', 12],
  ['year', Number.POSITIVE_INFINITY],
];

/** "3 minutes ago", "in 2 hours": the distance from `now` to `then`, both epoch milliseconds. */
export function relativeTime(then: number, now: number, language: Language): string {
  let distance = (then - now) / 1_000;
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  for (const [unit, size] of steps) {
    if (Math.abs(distance) < size) return format.format(Math.round(distance), unit);
    distance /= size;
  }
  return '';
}

/** The full local date and time, to the second, with the zone. */
export function exactTime(then: number, language: Language): string {
  return new Date(then).toLocaleString(language === 'pt' ? 'pt-BR' : 'en-GB', {
    dateStyle: 'medium',
    timeStyle: 'long',
  });
}
