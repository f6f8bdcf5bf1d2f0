/** Published versions, newest first: which is live, what each is about, and the ways to look at it and to compare it. */
import { Badge, Button, Group, Loader, Paper, Stack, Text } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { automationsText } from '../../i18n/automations.ts';
import { editorText } from '../../i18n/editor.ts';
import { useT } from '../../i18n/language.ts';
import { versionsText } from '../../i18n/versions.ts';
import { CopyId } from '../copy-button.tsx';
import { ErrorNotice } from '../error-notice.tsx';
import { TimeAgo } from '../time-ago.tsx';
import type { ShownVersion } from './shown-version.ts';
import { VersionNote } from './version-note.tsx';

export interface VersionListProps<Version extends ShownVersion> {
  versions: UseQueryResult<{ items: Version[] }>;
  /** Left out: whoever looks may not say what one is about. */
  onNote?: ((version: Version, note: string) => void) | undefined;
  onCompare(version: Version): void;
  onView(version: Version): void;
}

export function VersionList<Version extends ShownVersion>(props: VersionListProps<Version>) {
  const { versions, onNote, onCompare, onView } = props;
  const t = useT();
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {t(editorText.versionsHelp)}
      </Text>
      {versions.isPending && <Loader size="sm" />}
      {versions.error && <ErrorNotice error={versions.error} onRetry={versions.refetch} />}
      {versions.data?.items.length === 0 && <Text size="sm">{t(editorText.noVersions)}</Text>}
      {versions.data?.items.map((version) => (
        <Paper key={version.id} p="sm" data-testid="version-row">
          <Group justify="space-between" wrap="nowrap">
            <Group gap="xs">
              <Text fw={600}>{t(automationsText.versionNumber, { number: version.number })}</Text>
              {version.published && (
                <Badge size="sm" color="green" variant="light" tt="none">
                  {t(editorText.current)}
                </Badge>
              )}
            </Group>
            <TimeAgo at={version.createdAt} size="xs" />
          </Group>
          <VersionNote note={version.note ?? ''} onSave={onNote && ((note) => onNote(version, note))} />
          <Group justify="space-between" mt={6}>
            <CopyId id={version.hash} shown={version.hash.slice(0, 10)} />
            <Group gap={6}>
              <Button
                size="compact-xs"
                variant="default"
                onClick={() => onCompare(version)}
                data-testid="compare-version"
              >
                {t(versionsText.compare)}
              </Button>
              <Button
                size="compact-xs"
                variant="default"
                onClick={() => onView(version)}
                data-testid="view-version"
              >
                {t(editorText.view)}
              </Button>
            </Group>
          </Group>
        </Paper>
      ))}
    </Stack>
  );
}
