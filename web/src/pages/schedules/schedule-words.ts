/** When a trigger ticks, as a person says it, and as it is written where that says more. */
import type { Schedule } from '../../../../contracts/api/schedules.ts';
import { useLanguage, useT } from '../../i18n/language.ts';
import { schedulesText } from '../../i18n/schedules.ts';
import { calendarWords, cronWords } from '../../lib/calendar-words.ts';

const every = {
  seconds: schedulesText.everySeconds,
  minutes: schedulesText.everyMinutes,
  hours: schedulesText.everyHours,
  days: schedulesText.everyDays,
} as const;

export interface ScheduleWords {
  said: string;
  /** Where the hours are those of; intervals have none. */
  zone?: string;
  /** The line that it is written as, where `said` is not just that. */
  written?: string;
}

export function useScheduleWords(): (
  schedule: Pick<Schedule, 'kind' | 'parameters' | 'timezone'>,
) => ScheduleWords {
  const t = useT();
  const language = useLanguage();
  return ({ kind, parameters, timezone }) => {
    const { mode = 'interval', unit = 'minutes' } = parameters;
    if (kind === 'poll' || mode === 'interval')
      return { said: t(every[unit as keyof typeof every], { count: Number(parameters.every ?? 5) }) };
    const zone = String(parameters.timezone || timezone);
    const {
      cron = '0 9 * * 1-5',
      times = '09:00',
      weekDays = 'mon-fri',
      monthDays = '',
      months = '',
    } = parameters;
    const parts = [times, weekDays, monthDays, months].map(String);
    const written = mode === 'cron' ? String(cron) : parts.filter((part) => part !== '').join(' · ');
    const said =
      mode === 'cron'
        ? cronWords(written, language)
        : calendarWords(
            { times: parts[0]!, weekDays: parts[1]!, monthDays: parts[2]!, months: parts[3]! },
            language,
          );
    return said === undefined ? { said: written, zone } : { said, zone, written };
  };
}
