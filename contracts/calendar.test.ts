import { expect, it } from '@jest/globals';
import { daysOfMonth, daysOfWeek, isCronLine, months, timesOfDay } from './calendar.ts';

it('reads times of the day', () => {
  expect(timesOfDay('09:00, 17:30,0:05')).toEqual([
    { hour: 9, minute: 0 },
    { hour: 17, minute: 30 },
    { hour: 0, minute: 5 },
  ]);
  for (const wrong of ['', '24:00', '9', '09:60', '09:00;10:00']) expect(timesOfDay(wrong)).toBeUndefined();
});

it('reads days of the week, over the weekend too', () => {
  expect(daysOfWeek('mon-fri')).toEqual([{ start: 1, end: 5 }]);
  expect(daysOfWeek('Fri-Mon, wed')).toEqual([
    { start: 5, end: 6 },
    { start: 0, end: 1 },
    { start: 3, end: 3 },
  ]);
  expect(daysOfWeek('')).toEqual([]);
  for (const wrong of ['monday', 'mon-', 'mon-tue-wed', '1-5']) expect(daysOfWeek(wrong)).toBeUndefined();
});

it('reads days of the month and months', () => {
  expect(daysOfMonth('1, 15-20')).toEqual([
    { start: 1, end: 1 },
    { start: 15, end: 20 },
  ]);
  expect(months('12')).toEqual([{ start: 12, end: 12 }]);
  for (const wrong of ['0', '32', '20-10', 'x', '1--2']) expect(daysOfMonth(wrong)).toBeUndefined();
  expect(months('13')).toBeUndefined();
});

it('knows the five fields of a cron line', () => {
  expect([isCronLine('0 9 * * 1-5'), isCronLine('0 9 * *'), isCronLine('0 9 * * $')]).toEqual([
    true,
    false,
    false,
  ]);
});
