/** What can be done with a schedule. */
import { Menu } from '@mantine/core';
import { IconHistory, IconPlayerPause, IconPlayerPlay, IconPlayerTrackNext } from '@tabler/icons-react';
import { useState } from 'react';
import type { Schedule } from '../../../../contracts/api/schedules.ts';
import { useResumeSchedule, useTriggerSchedule } from '../../api/schedules.ts';
import { useCan } from '../../api/session.ts';
import { notifyDone, notifyError } from '../../components/error-notice.tsx';
import { MoreMenu } from '../../components/more-menu.tsx';
import { useT } from '../../i18n/language.ts';
import { schedulesText } from '../../i18n/schedules.ts';
import { BackfillDialog } from './backfill-dialog.tsx';
import { PauseDialog } from './pause-dialog.tsx';

export function ScheduleMenu({ schedule }: { schedule: Schedule }) {
  const t = useT();
  const maySteer = useCan('schedule.steer');
  const [dialog, setDialog] = useState<'pause' | 'backfill'>();
  const resume = useResumeSchedule();
  const trigger = useTriggerSchedule();
  if (!maySteer) return null;
  const close = () => setDialog(undefined);
  const isPoll = schedule.kind === 'poll';
  return (
    <>
      <MoreMenu testId="schedule-menu">
        <Menu.Item
          leftSection={<IconPlayerTrackNext size={16} />}
          onClick={() =>
            trigger.mutate(schedule, {
              onError: notifyError,
              onSuccess: () => notifyDone(t(schedulesText.triggered)),
            })
          }
        >
          {t(isPoll ? schedulesText.ask : schedulesText.trigger)}
        </Menu.Item>
        {schedule.paused ? (
          <Menu.Item
            leftSection={<IconPlayerPlay size={16} />}
            onClick={() =>
              resume.mutate(schedule, {
                onError: notifyError,
                onSuccess: () => notifyDone(t(schedulesText.resumed)),
              })
            }
          >
            {t(schedulesText.resume)}
          </Menu.Item>
        ) : (
          <Menu.Item leftSection={<IconPlayerPause size={16} />} onClick={() => setDialog('pause')}>
            {t(schedulesText.pause)}
          </Menu.Item>
        )}
        {!isPoll && (
          <Menu.Item leftSection={<IconHistory size={16} />} onClick={() => setDialog('backfill')}>
            {t(schedulesText.backfill)}
          </Menu.Item>
        )}
      </MoreMenu>
      <PauseDialog schedule={schedule} opened={dialog === 'pause'} onClose={close} />
      <BackfillDialog schedule={schedule} opened={dialog === 'backfill'} onClose={close} />
    </>
  );
}
