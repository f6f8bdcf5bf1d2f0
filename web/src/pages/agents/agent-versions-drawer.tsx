/** Published versions of an agent: which is live, what was in it, and bringing it back into the draft. */
import { Badge, Button, Drawer, Group, Loader, Modal, Paper, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Agent, AgentVersionSummary } from '../../../../contracts/api/agents.ts';
import type { JsonObject } from '../../../../contracts/json.ts';
import { restoreAgentVersion, useAgentChange, useAgentVersion, useAgentVersions } from '../../api/agents.ts';
import { CopyId } from '../../components/copy-button.tsx';
import { ErrorNotice, notifyDone, notifyError } from '../../components/error-notice.tsx';
import { JsonTree } from '../../components/json-tree.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { agentsText } from '../../i18n/agents.ts';
import { automationsText } from '../../i18n/automations.ts';
import { editorText } from '../../i18n/editor.ts';
import { useT } from '../../i18n/language.ts';

export interface AgentVersionsDrawerProps {
  agent: string;
  readOnly: boolean;
  opened: boolean;
  onClose(): void;
  onRestored(agent: Agent): void;
}

export function AgentVersionsDrawer(props: AgentVersionsDrawerProps) {
  const { agent, readOnly, opened, onClose, onRestored } = props;
  const t = useT();
  const versions = useAgentVersions(agent, opened);
  const [viewed, setViewed] = useState<AgentVersionSummary>();
  const restore = useAgentChange(({ id }: AgentVersionSummary) => restoreAgentVersion(agent, id));
  const onRestore = (version: AgentVersionSummary) =>
    restore.mutate(version, {
      onError: notifyError,
      onSuccess: (restored) => {
        notifyDone(t(agentsText.restored, { number: version.number }));
        onRestored(restored);
        setViewed(undefined);
        onClose();
      },
    });
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      // Escape closes what lies on top first.
      closeOnEscape={viewed === undefined}
      position="right"
      title={t(editorText.versions)}
      size={380}
    >
      <Stack>
        <Text size="sm" c="dimmed">
          {t(editorText.versionsHelp)}
        </Text>
        {versions.isPending && <Loader size="sm" />}
        {versions.error && <ErrorNotice error={versions.error} onRetry={versions.refetch} />}
        {versions.data?.items.length === 0 && <Text size="sm">{t(editorText.noVersions)}</Text>}
        {versions.data?.items.map((version) => (
          <Paper key={version.id} p="sm" data-testid="agent-version">
            <Group justify="space-between" wrap="nowrap">
              <Group gap="xs">
                <Text fw={600}>{t(automationsText.versionNumber, { number: version.number })}</Text>
                {version.published && (
                  <Badge size="sm" variant="light" color="green" tt="none">
                    {t(editorText.current)}
                  </Badge>
                )}
              </Group>
              <Button size="compact-sm" variant="default" onClick={() => setViewed(version)}>
                {t(editorText.view)}
              </Button>
            </Group>
            <Group gap="xs" mt={4}>
              <TimeAgo at={version.createdAt} />
              <CopyId id={version.hash} shown={version.hash.slice(0, 10)} />
            </Group>
            {version.note && (
              <Text size="sm" mt={4}>
                {version.note}
              </Text>
            )}
          </Paper>
        ))}
      </Stack>
      <Modal
        opened={viewed !== undefined}
        onClose={() => setViewed(undefined)}
        size="lg"
        title={viewed && t(automationsText.versionNumber, { number: viewed.number })}
      >
        {viewed && <Definition agent={agent} version={viewed.id} />}
        {viewed && !readOnly && (
          <Group justify="flex-end" mt="md">
            <Button
              onClick={() => onRestore(viewed)}
              loading={restore.isPending}
              data-testid="restore-agent-version"
            >
              {t(editorText.restore)}
            </Button>
          </Group>
        )}
      </Modal>
    </Drawer>
  );
}

function Definition({ agent, version }: { agent: string; version: string }) {
  const { data, error, isPending } = useAgentVersion(agent, version);
  if (error) return <ErrorNotice error={error} />;
  if (isPending) return <Loader size="sm" />;
  const { instructions, ...others } = data.definition;
  return (
    <Stack>
      <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>
        {instructions}
      </Text>
      <JsonTree value={others as JsonObject} />
    </Stack>
  );
}
