import { Modal, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Schedule } from '../../../../contracts/api/schedules.ts';
import { usePauseSchedule } from '../../api/schedules.ts';
import { DialogForm } from '../../components/dialog-form.tsx';
import { notifyDone } from '../../components/error-notice.tsx';
import { useT } from '../../i18n/language.ts';
import { schedulesText } from '../../i18n/schedules.ts';

export interface ScheduleDialogProps {
  schedule: Schedule;
  opened: boolean;
  onClose(): void;
}

export function PauseDialog({ schedule, opened, onClose }: ScheduleDialogProps) {
  const t = useT();
  const pause = usePauseSchedule();
  const [note, setNote] = useState('');
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t(schedulesText.pauseTitle, { name: schedule.automation.name })}
    >
      <DialogForm
        action={t(schedulesText.pauseAction)}
        request={pause}
        onCancel={onClose}
        testId="pause-schedule"
        onSubmit={(event) => {
          event.preventDefault();
          pause.mutate(
            { schedule, note },
            {
              onSuccess: () => {
                notifyDone(t(schedulesText.pausedNow));
                onClose();
              },
            },
          );
        }}
      >
        <Text size="sm">{t(schedulesText.pauseText)}</Text>
        <TextInput
          label={t(schedulesText.note)}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          maxLength={500}
          data-autofocus
        />
      </DialogForm>
    </Modal>
  );
}
