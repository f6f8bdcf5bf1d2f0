import { Button, Group, Stack, Text } from '@mantine/core';
import { useDeletedWorkspaces, useRestoreWorkspace } from '../../../api/workspaces.ts';
import { ErrorNotice, notifyDone, notifyError } from '../../../components/error-notice.tsx';
import { Section } from '../../../components/section.tsx';
import { TimeAgo } from '../../../components/time-ago.tsx';
import { useT } from '../../../i18n/language.ts';
import { workspaceText } from '../../../i18n/settings.ts';

/** Nothing while there is none. */
export function DeletedWorkspaces() {
  const t = useT();
  const deleted = useDeletedWorkspaces();
  const restore = useRestoreWorkspace();
  if (deleted.error) return <ErrorNotice error={deleted.error} onRetry={deleted.refetch} />;
  if (!deleted.data || deleted.data.length === 0) return null;
  return (
    <Section title={t(workspaceText.deletedOnes)} help={t(workspaceText.deletedOnesText)}>
      <Stack>
        {deleted.data.map(({ id, name, purgedAt }) => (
          <Group key={id} justify="space-between" data-testid="deleted-workspace">
            <div>
              <Text fw={600}>{name}</Text>
              {purgedAt && (
                <Group gap={6}>
                  <Text size="sm" c="dimmed">
                    {t(workspaceText.purged)}
                  </Text>
                  <TimeAgo at={purgedAt} />
                </Group>
              )}
            </div>
            <Button
              variant="default"
              loading={restore.isPending && restore.variables === id}
              onClick={() =>
                restore.mutate(id, {
                  onError: notifyError,
                  onSuccess: () => notifyDone(t(workspaceText.restored, { name })),
                })
              }
            >
              {t(workspaceText.restore)}
            </Button>
          </Group>
        ))}
      </Stack>
    </Section>
  );
}
