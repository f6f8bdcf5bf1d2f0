/** What can be done with all runs of the list at once, and the way back to what is being done. */
import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconPlayerStop, IconProgress, IconReload } from '@tabler/icons-react';
import { useState } from 'react';
import type { BulkAction, BulkJob } from '../../../../contracts/bulk.ts';
import { useBulkJobs } from '../../api/reruns.ts';
import type { RunFilters } from '../../api/runs.ts';
import { useT } from '../../i18n/language.ts';
import { rerunsText } from '../../i18n/reruns.ts';
import { BulkDialog } from './bulk-dialog.tsx';

/** Jobs that the menu shows: one may have closed the dialog of an earlier one. */
const latest = 3;

export function BulkMenu({ filters }: { filters: RunFilters }) {
  const t = useT();
  const [opened, setOpened] = useState(false);
  const [shown, setShown] = useState<{ action: BulkAction; job?: BulkJob }>();
  const jobs = useBulkJobs(opened).data?.items.slice(0, latest) ?? [];
  return (
    <>
      <Menu position="bottom-end" opened={opened} onChange={setOpened}>
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={16} />} data-testid="bulk">
            {t(rerunsText.many)}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconReload size={16} />} onClick={() => setShown({ action: 'retry' })}>
            {t(rerunsText.retryMany)}
          </Menu.Item>
          <Menu.Item
            color="red"
            leftSection={<IconPlayerStop size={16} />}
            onClick={() => setShown({ action: 'cancel' })}
          >
            {t(rerunsText.cancelMany)}
          </Menu.Item>
          {jobs.length > 0 && <Menu.Label>{t(rerunsText.lately)}</Menu.Label>}
          {jobs.map((job) => (
            <Menu.Item
              key={job.id}
              leftSection={<IconProgress size={16} />}
              onClick={() => setShown({ action: job.action, job })}
              data-testid="bulk-job"
            >
              {t(job.action === 'retry' ? rerunsText.retryJob : rerunsText.cancelJob, {
                ...{ done: job.done + job.skipped + job.failed, total: job.total },
                state: t(rerunsText[job.state]),
              })}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {shown && <BulkDialog {...shown} filter={filters} onClose={() => setShown(undefined)} />}
    </>
  );
}
