import { describe, expect, it } from '@jest/globals';
import { calendarWords, cronWords } from './calendar-words.ts';

describe('cronWords', () => {
  it.each([
    ['* * * * *', 'every minute', 'a cada minuto'],
    ['*/15 * * * *', 'every 15 minutes', 'a cada 15 minutos'],
    ['5 * * * *', 'every hour at :05', 'a cada hora, aos :05'],
    ['0 */6 * * *', 'every 6 hours at :00', 'a cada 6 horas, aos :00'],
    ['30 9,17 * * *', 'every day at 09:30 and 17:30', 'todo dia às 09:30 e 17:30'],
    ['0 9 * * 1-5', 'Monday to Friday at 09:00', 'segunda-feira a sexta-feira às 09:00'],
    ['0 9 * * MON,7', 'Monday and Sunday at 09:00', 'segunda-feira e domingo às 09:00'],
    ['0 8 1,15 * *', 'on day 1 and 15 of the month at 08:00', 'no dia 1 e 15 do mês às 08:00'],
    [
      '0 8 1 1-3 *',
      'on day 1 of the month in January to March at 08:00',
      'no dia 1 do mês em janeiro a março às 08:00',
    ],
  ])('says %s', (line, en, pt) => {
    expect(cronWords(line, 'en')).toBe(en);
    expect(cronWords(line, 'pt')).toBe(pt);
  });

  it.each([
    ...[
      '0 0 13 * 5',
      '0-30/5 9 * * *',
      '0 9 L * *',
      '61 * * * *',
      '0 25 * * *',
      '0 9 * * 1#2',
      '0 9 * *',
      '@daily',
    ],
    ...['0 9 * * * *', ''],
  ])('leaves %s as it is', (line) => {
    expect(cronWords(line, 'en')).toBeUndefined();
  });
});

it('says calendars, over the weekend too', () => {
  const parts = { times: '09:00, 17:30', weekDays: 'fri-mon', monthDays: '', months: '12' };
  expect(calendarWords(parts, 'en')).toBe(
    'Friday to Saturday and Sunday to Monday in December at 09:00 and 17:30',
  );
  expect(calendarWords({ ...parts, times: 'noon' }, 'en')).toBeUndefined();
});
