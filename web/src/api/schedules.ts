/** Triggers that a clock drives. */
import { useQuery } from '@tanstack/react-query';
import type { Schedule } from '../../../contracts/api/schedules.ts';
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
