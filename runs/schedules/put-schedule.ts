import { type Client, ScheduleAlreadyRunning, type ScheduleOptions } from '@temporalio/client';

export interface WantedSchedule {
  spec: ScheduleOptions['spec'];
  action: ScheduleOptions['action'];
  policies: NonNullable<ScheduleOptions['policies']>;
  /** For the Temporal UI, unless a person has paused it and said why. */
  note: string;
}

/** Makes a schedule, or replaces what is there under its id; one that a person has paused stays paused. */
export async function putSchedule(
  temporal: Client,
  scheduleId: string,
  { spec, action, policies, note }: WantedSchedule,
): Promise<void> {
  try {
    await temporal.schedule.create({ scheduleId, spec, action, policies, state: { note } });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    await temporal.schedule.getHandle(scheduleId).update(({ state }) => ({
      spec,
      action,
      policies,
      state: { paused: state.paused, note: state.paused ? state.note : note },
    }));
  }
}
