import { Modal, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useBackfillSchedule } from '../../api/schedules.ts';
import { DialogForm } from '../../components/dialog-form.tsx';
import { notifyDone } from '../../components/error-notice.tsx';
import { useT } from '../../i18n/language.ts';
import { schedulesText } from '../../i18n/schedules.ts';
import type { ScheduleDialogProps } from './pause-dialog.tsx';

export function BackfillDialog({ schedule, opened, onClose }: ScheduleDialogProps) {
  const t = useT();
  const backfill = useBackfillSchedule();
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const isComplete = from !== '' && to !== '' && from < to;
  return (
    <Modal opened={opened} onClose={onClose} title={t(schedulesText.backfillTitle)}>
      <DialogForm
        action={t(schedulesText.backfillAction)}
        request={backfill}
        onCancel={onClose}
        disabled={!isComplete}
        testId="backfill-schedule"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isComplete) return;
          backfill.mutate(
            // A field of the browser gives local time.
            { schedule, from: new Date(from).toISOString(), to: new Date(to).toISOString() },
            {
              onSuccess: ({ ticks }) => {
                notifyDone(t(schedulesText.backfilled, { count: ticks }));
                onClose();
              },
            },
          );
        }}
      >
        <Text size="sm">{t(schedulesText.backfillText)}</Text>
        <TextInput
          type="datetime-local"
          label={t(schedulesText.from)}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
          required
          data-autofocus
        />
        <TextInput
          type="datetime-local"
          label={t(schedulesText.to)}
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
          required
        />
      </DialogForm>
    </Modal>
  );
}
