/** Published versions of an agent: which is live, what each was about, what differs, and bringing one back into the draft. */
import { Button, Drawer, Group, Loader, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { AgentDefinition } from '../../../../contracts/agents/agent.ts';
import type { Agent, AgentVersionSummary } from '../../../../contracts/api/agents.ts';
import type { JsonObject } from '../../../../contracts/json.ts';
import {
  getAgentVersion,
  restoreAgentVersion,
  useAgentChange,
  useAgentVersion,
  useAgentVersions,
  useNoteAgentVersion,
} from '../../api/agents.ts';
import { ErrorNotice, notifyDone, notifyError } from '../../components/error-notice.tsx';
import { JsonTree } from '../../components/json-tree.tsx';
import { CompareDialog } from '../../components/versions/compare-dialog.tsx';
import { VersionList } from '../../components/versions/version-list.tsx';
import { agentsText } from '../../i18n/agents.ts';
import { automationsText } from '../../i18n/automations.ts';
import { editorText } from '../../i18n/editor.ts';
import { useT } from '../../i18n/language.ts';
import { DefinitionDiffView } from './definition-diff-view.tsx';

export interface AgentVersionsDrawerProps {
  agent: string;
  draft: AgentDefinition;
  readOnly: boolean;
  /** May publish, and so say what a version is about. */
  mayPublish: boolean;
  opened: boolean;
  onClose(): void;
  onRestored(agent: Agent): void;
}

export function AgentVersionsDrawer(props: AgentVersionsDrawerProps) {
  const { agent, draft, readOnly, mayPublish, opened, onClose, onRestored } = props;
  const t = useT();
  const versions = useAgentVersions(agent, opened);
  const [viewed, setViewed] = useState<AgentVersionSummary>();
  const [compared, setCompared] = useState<AgentVersionSummary>();
  const note = useNoteAgentVersion(agent);
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
      closeOnEscape={viewed === undefined && compared === undefined}
      position="right"
      title={t(editorText.versions)}
      size={380}
    >
      <VersionList
        versions={versions}
        onNote={
          mayPublish
            ? (version, text) => note.mutate({ version: version.id, note: text }, { onError: notifyError })
            : undefined
        }
        onCompare={setCompared}
        onView={setViewed}
      />
      {compared && (
        <CompareDialog
          version={compared}
          versions={versions.data?.items ?? []}
          draft={draft}
          load={async (version) => (await getAgentVersion(agent, version)).definition}
          onClose={() => setCompared(undefined)}
        >
          {(before, after) => <DefinitionDiffView before={before.content} after={after.content} />}
        </CompareDialog>
      )}
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
