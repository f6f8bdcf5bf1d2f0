/** Above the editor of an agent: its name, whether it is saved, versions, publish, and the way to talk to it. */
import { ActionIcon, Group, TextInput, Tooltip } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconArrowLeft, IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { getAgent, sharedAgent } from '../../api/agents.ts';
import { useCan } from '../../api/session.ts';
import { notifyError } from '../../components/error-notice.tsx';
import { SaveButton } from '../../components/save-button.tsx';
import { agentFormText, agentsText } from '../../i18n/agents.ts';
import { editorText } from '../../i18n/editor.ts';
import { useT } from '../../i18n/language.ts';
import bar from '../editor/toolbar/toolbar.module.css';
import { AgentMenu } from './agent-menu.tsx';
import { AgentVersionsDrawer } from './agent-versions-drawer.tsx';
import { PublishAgentButton } from './publish-agent-button.tsx';
import { PublishedVersion } from './published-version.tsx';
import { TalkButton } from './talk-button.tsx';
import type { AgentEdit } from './use-agent-edit.ts';

export function AgentBar({ edit, readOnly }: { edit: AgentEdit; readOnly: boolean }) {
  const t = useT();
  const navigate = useNavigate();
  const { values, stored, save, change, flush, setStored } = edit;
  const mayPublish = useCan('agent.publish', sharedAgent(stored));
  const mayTalk = useCan('agent.use', sharedAgent(stored));
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
        {mayTalk && stored.publishedVersion !== undefined && (
          <TalkButton agent={stored.id} name={values.name} />
        )}
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
        {mayPublish && <PublishAgentButton edit={edit} />}
      </Group>
      <AgentVersionsDrawer
        agent={stored.id}
        draft={values.draft}
        readOnly={readOnly}
        mayPublish={mayPublish}
        opened={versions}
        onClose={() => setVersions(false)}
        onRestored={setStored}
      />
    </header>
  );
}
