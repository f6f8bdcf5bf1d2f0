/** How other programs use an agent or a model of the workspace: code to copy. */
import { Anchor, Code, Group, Modal, Select, Skeleton, Stack, Tabs, Text } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import type { OpenAiModel } from '../../../../contracts/api/openai/models.ts';
import { useNamedModels } from '../../api/named-models.ts';
import { useCan } from '../../api/session.ts';
import { useT } from '../../i18n/language.ts';
import { otherProgramsText } from '../../i18n/other-programs.ts';
import { mcpConfiguration } from '../../lib/mcp-configuration.ts';
import { programSnippets } from '../../lib/program-snippets.ts';
import { CodeExample } from '../code-example.tsx';
import { CopyButton } from '../copy-button.tsx';
import { ErrorNotice } from '../error-notice.tsx';

export interface OtherProgramsDialogProps {
  /** The one that it is about. Left out: a choice of all that one may use. */
  agent?: { id: string; name: string };
  opened: boolean;
  onClose(): void;
}

export function OtherProgramsDialog({ agent, opened, onClose }: OtherProgramsDialogProps) {
  const t = useT();
  const mcp = `${window.location.origin}/mcp`;
  return (
    <Modal opened={opened} onClose={onClose} title={t(otherProgramsText.title)} size="lg">
      <Stack data-testid="other-programs-dialog">
        <Text size="sm">{t(otherProgramsText.about)}</Text>
        <WhereKeysAre />
        <Tabs defaultValue="openai">
          <Tabs.List>
            <Tabs.Tab value="openai">{t(otherProgramsText.openai)}</Tabs.Tab>
            <Tabs.Tab value="mcp">{t(otherProgramsText.mcp)}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="openai" pt="md">
            {agent ? <OfAgent agent={agent} /> : <OfChoice />}
          </Tabs.Panel>
          <Tabs.Panel value="mcp" pt="md">
            <Stack>
              <Address url={mcp} />
              <Text size="sm">{t(otherProgramsText.mcpAbout)}</Text>
              <CodeExample title={t(otherProgramsText.configuration)} code={mcpConfiguration(mcp)} />
            </Stack>
          </Tabs.Panel>
        </Tabs>
      </Stack>
    </Modal>
  );
}

function WhereKeysAre() {
  const t = useT();
  const mayManage = useCan('key.manage');
  return (
    <Text size="sm" c="dimmed">
      {t(otherProgramsText.keyFirst)}{' '}
      <Anchor component={Link} to={mayManage ? '/settings/keys' : '/profile'} inherit>
        {t(mayManage ? otherProgramsText.keysOfWorkspace : otherProgramsText.keysOfYours)}
      </Anchor>
    </Text>
  );
}

function OfAgent({ agent }: { agent: { id: string } }) {
  const t = useT();
  return (
    <Stack>
      <Text size="sm">{t(otherProgramsText.agentHelp)}</Text>
      <Snippets model={`agent:${agent.id}`} />
    </Stack>
  );
}

function OfChoice() {
  const t = useT();
  const models = useNamedModels();
  const [chosen, setChosen] = useState<string>();
  if (models.error) return <ErrorNotice error={models.error} onRetry={models.refetch} />;
  if (!models.data) return <Skeleton height={220} />;
  const { data } = models.data;
  const model = chosen ?? data[0]?.id;
  if (model === undefined) return <Text size="sm">{t(otherProgramsText.none)}</Text>;
  return (
    <Stack>
      <Select
        label={t(otherProgramsText.model)}
        description={t(otherProgramsText.modelHelp)}
        data={data.map(({ id }) => id)}
        renderOption={({ option }) => <Choice model={data.find(({ id }) => id === option.value)} />}
        value={model}
        onChange={(value) => setChosen(value ?? undefined)}
        allowDeselect={false}
        searchable
        data-testid="other-programs-model"
      />
      <Snippets model={model} />
    </Stack>
  );
}

function Choice({ model }: { model: OpenAiModel | undefined }) {
  return (
    <div>
      <Text size="sm">{model?.name}</Text>
      <Text size="xs" c="dimmed" ff="monospace">
        {model?.id}
      </Text>
    </div>
  );
}

function Snippets({ model }: { model: string }) {
  const { curl, javascript, python } = programSnippets(window.location.origin, model);
  return (
    <>
      <Address url={`${window.location.origin}/v1`} />
      <CodeExample title="curl" code={curl} />
      <CodeExample title="JavaScript" code={javascript} />
      <CodeExample title="Python" code={python} />
    </>
  );
}

function Address({ url }: { url: string }) {
  const t = useT();
  return (
    <Group gap="xs" wrap="nowrap">
      <Text size="sm" fw={600}>
        {t(otherProgramsText.address)}
      </Text>
      <Code style={{ overflowWrap: 'anywhere' }}>{url}</Code>
      <CopyButton value={url} />
    </Group>
  );
}
