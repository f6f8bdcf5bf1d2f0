/** Triggers that a clock drives. */
import { useQuery } from '@tanstack/react-query';
import type { Schedule } from '../../../contracts/api/schedules.ts';
import type { JsonObject } from '../../../contracts/json.ts';
import { request } from './client.ts';
import { useChange } from './use-change.ts';

const schedulesKey = ['schedules'];

const at = ({ automation, node }: Pick<Schedule, 'automation' | 'node'>) =>
  `/automations/${encodeURIComponent(automation.id)}/schedules/${encodeURIComponent(node)}`;

export const useSchedules = () =>
  useQuery({
    queryKey: schedulesKey,
    queryFn: async () => (await request<{ items: Schedule[] }>('GET', '/schedules')).items,
    refetchInterval: 10_000,
  });

/**
 * When a schedule trigger with these parameters would tick next; asked of Temporal.
 * @param timezone of the automation; `zone` of the answer is the one that the trigger goes by
 */
export const useTicksPreview = (parameters: JsonObject, timezone: string) =>
  useQuery({
    queryKey: [...schedulesKey, 'preview', parameters, timezone],
    queryFn: async () => {
      const body = { parameters, timezone };
      const { nextTicks } = await request<{ nextTicks: string[] }>('POST', '/schedules/preview', { body });
      return { nextTicks, zone: zoneOf(parameters) ?? timezone };
    },
    placeholderData: (previous) => previous,
    retry: false,
  });

/** An interval has no time zone of its own, whatever was typed while it was something else. */
function zoneOf({ mode, timezone }: JsonObject): string | undefined {
  if (mode !== 'calendar' && mode !== 'cron') return undefined;
  return typeof timezone === 'string' && timezone !== '' ? timezone : undefined;
}

export const usePauseSchedule = () =>
  useChange(
    ({ schedule, note }: { schedule: Schedule; note: string }) =>
      request<Schedule>('POST', `${at(schedule)}/pause`, { body: { note } }),
    schedulesKey,
  );

export const useResumeSchedule = () =>
  useChange((schedule: Schedule) => request<Schedule>('POST', `${at(schedule)}/resume`), schedulesKey);

export const useTriggerSchedule = () =>
  useChange((schedule: Schedule) => request<Schedule>('POST', `${at(schedule)}/trigger`), schedulesKey);

export const useBackfillSchedule = () =>
  useChange(
    ({ schedule, ...body }: { schedule: Schedule; from: string; to: string }) =>
      request<{ ticks: number }>('POST', `${at(schedule)}/backfill`, { body }),
    schedulesKey,
  );
