/** Above the editor of an agent: its name, whether it is saved, versions, publish, and the way to talk to it. */
import { ActionIcon, Button, Group, TextInput, Tooltip } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconArrowLeft, IconHistory, IconRocket } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { agentKeys, getAgent, publishAgent, sharedAgent } from '../../api/agents.ts';
import { useCan } from '../../api/session.ts';
import { notifyDone, notifyError } from '../../components/error-notice.tsx';
import { SaveButton } from '../../components/save-button.tsx';
import { agentFormText, agentsText } from '../../i18n/agents.ts';
import { editorText } from '../../i18n/editor.ts';
import { useT } from '../../i18n/language.ts';
import bar from '../editor/toolbar/toolbar.module.css';
import { AgentMenu } from './agent-menu.tsx';
import { AgentVersionsDrawer } from './agent-versions-drawer.tsx';
import { PublishedVersion } from './published-version.tsx';
import type { AgentEdit } from './use-agent-edit.ts';

export function AgentBar({ edit, readOnly }: { edit: AgentEdit; readOnly: boolean }) {
  const t = useT();
  const navigate = useNavigate();
  const { values, stored, save, change, flush, setStored } = edit;
  const mayPublish = useCan('agent.publish', sharedAgent(stored));
  const [versions, setVersions] = useState(false);
  useHotkeys([['mod+S', () => void flush()]], []);
  const reload = () => void getAgent(stored.id).then(setStored, notifyError);
  return (
    <header className={bar.bar}>
      <Tooltip label={t(agentsText.back)}>
        <ActionIcon component={Link} to="/agents" size="lg" aria-label={t(agentsText.back)}>
          <IconArrowLeft size={18} />
        </ActionIcon>
      </Tooltip>
      <TextInput
        className={bar.name}
        variant="unstyled"
        aria-label={t(agentFormText.name)}
        value={values.name}
        maxLength={128}
        readOnly={readOnly}
        onChange={(event) => change({ name: event.currentTarget.value })}
        styles={{ input: { fontWeight: 650 } }}
        data-testid="agent-name"
      />
      {!readOnly && <SaveButton save={save} onSave={() => void flush()} />}
      <PublishedVersion agent={stored} />
      <Group gap={4} ms="auto" wrap="nowrap">
        <Tooltip label={t(editorText.versions)}>
          <ActionIcon
            size="lg"
            aria-label={t(editorText.versions)}
            onClick={() => setVersions(true)}
            data-testid="agent-versions"
          >
            <IconHistory size={18} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
        <AgentMenu
          agent={{ ...stored, name: values.name }}
          onDeleted={() => void navigate('/agents')}
          onUnpublished={reload}
        />
      </Group>
      <Group gap="xs" wrap="nowrap" className={bar.main}>
        {mayPublish && <Publish edit={edit} />}
      </Group>
      <AgentVersionsDrawer
        agent={stored.id}
        readOnly={readOnly}
        opened={versions}
        onClose={() => setVersions(false)}
        onRestored={setStored}
      />
    </header>
  );
}

function Publish({ edit: { stored, save, flush, setStored } }: { edit: AgentEdit }) {
  const t = useT();
  const client = useQueryClient();
  const publish = useMutation({
    async mutationFn() {
      if (!(await flush())) return undefined;
      const { version } = await publishAgent(stored.id);
      setStored(await getAgent(stored.id));
      return version;
    },
    async onSuccess(version) {
      if (!version) return;
      notifyDone(t(agentsText.publishedNow, { number: version.number }));
      await client.invalidateQueries({ queryKey: [...agentKeys.all, 'versions', stored.id] });
      await client.invalidateQueries({ queryKey: [...agentKeys.all, 'list'] });
    },
    onError: notifyError,
  });
  const isUpToDate = stored.publishedVersion !== undefined && !stored.draftChanged && save.kind === 'saved';
  return (
    <Button
      size="sm"
      variant={isUpToDate ? 'default' : 'filled'}
      leftSection={<IconRocket size={16} />}
      onClick={() => publish.mutate()}
      loading={publish.isPending}
      data-testid="publish-agent"
      data-published={isUpToDate || undefined}
    >
      {t(isUpToDate ? agentsText.isPublished : editorText.publish)}
    </Button>
  );
}
