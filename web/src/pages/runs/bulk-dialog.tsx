/** Cancels or retries all runs that the list's filters find: asks with their number, then shows how far it is. */
import { Anchor, Badge, Button, Group, List, Modal, Progress, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { BulkAction, BulkFilter, BulkJob } from '../../../../contracts/bulk.ts';
import { isOver, useBulkCount, useBulkJob, useStartBulk, useSteerBulk } from '../../api/reruns.ts';
import { DialogForm } from '../../components/dialog-form.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useT } from '../../i18n/language.ts';
import { rerunsText } from '../../i18n/reruns.ts';

export interface BulkDialogProps {
  action: BulkAction;
  filter: BulkFilter;
  /** One that was started before: shows how far it is. */
  job?: BulkJob;
  onClose(): void;
}

export function BulkDialog({ action, filter, job: earlier, onClose }: BulkDialogProps) {
  const t = useT();
  const start = useStartBulk();
  const begun = start.data ?? earlier;
  const count = useBulkCount(action, filter, begun === undefined);
  const job = useBulkJob(begun?.id);
  const question = action === 'retry' ? rerunsText.retryQuestion : rerunsText.cancelQuestion;
  const title = t(action === 'retry' ? rerunsText.retryMany : rerunsText.cancelMany);
  return (
    <Modal opened onClose={onClose} title={title}>
      {begun ? (
        <JobProgress job={job.data ?? begun} onClose={onClose} />
      ) : (
        <DialogForm
          action={t(action === 'retry' ? rerunsText.retry : rerunsText.cancelThem)}
          {...(action === 'cancel' && { dismiss: t(rerunsText.close) })}
          request={start}
          dangerous={action === 'cancel'}
          disabled={!count.data?.count}
          testId="start-bulk"
          onCancel={onClose}
          onSubmit={(event) => {
            event.preventDefault();
            start.mutate({ action, filter });
          }}
        >
          {count.error && <ErrorNotice error={count.error} onRetry={count.refetch} />}
          {count.data && <Text fw={600}>{t(question, { count: count.data.count })}</Text>}
          <Text size="sm" c="dimmed">
            {t(rerunsText.manyHelp)}
          </Text>
        </DialogForm>
      )}
    </Modal>
  );
}

function JobProgress({ job, onClose }: { job: BulkJob; onClose(): void }) {
  const t = useT();
  const steer = useSteerBulk(job.id);
  const { done, skipped, failed, total, state } = job;
  const share = (value: number) => (total === 0 ? 0 : (100 * value) / total);
  return (
    <Stack data-testid="bulk-progress">
      <Group justify="space-between">
        <Text size="sm">{t(rerunsText.progress, { done, skipped, failed, total })}</Text>
        <Badge variant="light" tt="none" data-testid="bulk-state">
          {t(rerunsText[state])}
        </Badge>
      </Group>
      <Progress.Root size="lg">
        <Progress.Section value={share(done)} color="green" />
        <Progress.Section value={share(skipped)} color="gray" />
        <Progress.Section value={share(failed)} color="red" />
      </Progress.Root>
      {job.failures.length > 0 && (
        <List size="sm">
          {job.failures.slice(0, 10).map(({ run, message }) => (
            <List.Item key={run}>
              <Anchor component={Link} to={`/runs/${run}`} size="sm">
                {run}
              </Anchor>
              : {message}
            </List.Item>
          ))}
        </List>
      )}
      {steer.error && <ErrorNotice error={steer.error} />}
      <Group justify="flex-end">
        {!isOver(job) && (
          <>
            <Button
              variant="default"
              onClick={() => steer.mutate(state === 'paused' ? 'resume' : 'pause')}
              loading={steer.isPending}
            >
              {t(state === 'paused' ? rerunsText.resume : rerunsText.pause)}
            </Button>
            <Button color="red" variant="light" onClick={() => steer.mutate('cancel')}>
              {t(rerunsText.stop)}
            </Button>
          </>
        )}
        <Button onClick={onClose}>{t(rerunsText.close)}</Button>
      </Group>
    </Stack>
  );
}
