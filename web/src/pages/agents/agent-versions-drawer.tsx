/** Published versions of an agent: which is live, what each was about, what differs, and bringing one back into the draft. */
import { Button, Group, Loader, Modal, Stack, Text } from '@mantine/core';
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
import { VersionsDrawer } from '../../components/versions/versions-drawer.tsx';
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
  const note = useNoteAgentVersion(agent);
  const restore = useAgentChange(({ id }: AgentVersionSummary) => restoreAgentVersion(agent, id));
  const onRestore = (version: AgentVersionSummary, close: () => void) =>
    restore.mutate(version, {
      onError: notifyError,
      onSuccess: (restored) => {
        notifyDone(t(agentsText.restored, { number: version.number }));
        onRestored(restored);
        close();
        onClose();
      },
    });
  return (
    <VersionsDrawer
      versions={versions}
      draft={draft}
      load={async (version) => (await getAgentVersion(agent, version)).definition}
      onNote={
        mayPublish
          ? (version, text) => note.mutate({ version: version.id, note: text }, { onError: notifyError })
          : undefined
      }
      opened={opened}
      onClose={onClose}
      diff={(before, after) => <DefinitionDiffView before={before.content} after={after.content} />}
    >
      {(version, close) => (
        <Modal
          opened
          onClose={close}
          size="lg"
          title={t(automationsText.versionNumber, { number: version.number })}
        >
          <Definition agent={agent} version={version.id} />
          {!readOnly && (
            <Group justify="flex-end" mt="md">
              <Button
                onClick={() => onRestore(version, close)}
                loading={restore.isPending}
                data-testid="restore-agent-version"
              >
                {t(editorText.restore)}
              </Button>
            </Group>
          )}
        </Modal>
      )}
    </VersionsDrawer>
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
