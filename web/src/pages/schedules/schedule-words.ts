/** When a trigger ticks, as a person says it. */
import type { Schedule } from '../../../../contracts/api/schedules.ts';
import { useT } from '../../i18n/language.ts';
import { schedulesText } from '../../i18n/schedules.ts';

const every = {
  seconds: schedulesText.everySeconds,
  minutes: schedulesText.everyMinutes,
  hours: schedulesText.everyHours,
  days: schedulesText.everyDays,
} as const;

export function useScheduleWords(): (schedule: Pick<Schedule, 'kind' | 'parameters' | 'timezone'>) => string {
  const t = useT();
  return ({ kind, parameters, timezone }) => {
    const { mode = 'interval', unit = 'minutes' } = parameters;
    if (kind === 'poll' || mode === 'interval')
      return t(every[unit as keyof typeof every], { count: Number(parameters.every ?? 5) });
    const zone = String(parameters.timezone || timezone);
    if (mode === 'cron') return `${parameters.cron ?? '0 9 * * 1-5'} · ${zone}`;
    const { times = '09:00', weekDays = 'mon-fri', monthDays = '', months = '' } = parameters;
    return [times, weekDays, monthDays, months, zone].filter((part) => part !== '').join(' · ');
  };
}
