/** Every trigger that a clock drives, and steering them by hand. */
import { IconClock } from '@tabler/icons-react';
import { useSchedules } from '../../api/schedules.ts';
import { ListFrame, ListTable } from '../../components/list-frame.tsx';
import { Page } from '../../components/page.tsx';
import { TeachingEmpty } from '../../components/teaching-empty.tsx';
import { useT } from '../../i18n/language.ts';
import { schedulesText } from '../../i18n/schedules.ts';
import { ScheduleRow } from './schedule-row.tsx';

export function SchedulesPage() {
  const t = useT();
  const schedules = useSchedules();
  const rows = schedules.data ?? [];
  return (
    <Page title={t(schedulesText.title)} description={t(schedulesText.description)}>
      <ListFrame
        query={schedules}
        count={rows.length}
        empty={
          <TeachingEmpty icon={<IconClock />} title={t(schedulesText.emptyTitle)}>
            {t(schedulesText.emptyText)}
          </TeachingEmpty>
        }
      >
        <ListTable
          columns={[
            { label: t(schedulesText.automation) },
            { label: t(schedulesText.when), width: 240, visibleFrom: 'md' },
            { label: t(schedulesText.next), width: 150, visibleFrom: 'sm' },
            { label: t(schedulesText.last), width: 150, visibleFrom: 'lg' },
            { label: t(schedulesText.actions), width: 60, unlabelled: true },
          ]}
        >
          {rows.map((schedule) => (
            <ScheduleRow key={`${schedule.automation.id} ${schedule.node}`} schedule={schedule} />
          ))}
        </ListTable>
      </ListFrame>
    </Page>
  );
}
