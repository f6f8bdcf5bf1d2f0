/** Every agent that the person may see: what it is for, how it went last, and the way to talk to it. */
import { Box, Button, Group, Table, Text } from '@mantine/core';
import { IconPlus, IconRobot, IconSearch, IconWand } from '@tabler/icons-react';
import type { AgentSummary } from '../../../../contracts/api/agents.ts';
import { useAgents } from '../../api/agents.ts';
import { useCan } from '../../api/session.ts';
import { AgentAvatar } from '../../components/agent-avatar.tsx';
import { ListFrame, ListTable } from '../../components/list-frame.tsx';
import { Page } from '../../components/page.tsx';
import { RowName } from '../../components/row-name.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { TeachingEmpty } from '../../components/teaching-empty.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { useRowLink } from '../../components/use-row-link.ts';
import { useSearch } from '../../components/use-search.ts';
import { agentsText } from '../../i18n/agents.ts';
import { common } from '../../i18n/common.ts';
import { useT } from '../../i18n/language.ts';
import { AgentMenu } from './agent-menu.tsx';
import { AgentRunBadge } from './agent-run-badge.tsx';
import { PublishedVersion } from './published-version.tsx';
import { TalkButton } from './talk-button.tsx';
import { useCreateAgent } from './use-create-agent.ts';

export function AgentsPage() {
  const t = useT();
  const { field, settled } = useSearch();
  const list = useAgents(settled);
  const mayCreate = useCan('agent.create');
  const rows = list.data ?? [];
  // The empty state has the buttons then.
  const isEmpty = list.data !== undefined && rows.length === 0 && settled === '';
  return (
    <Page
      title={t(agentsText.title)}
      description={t(agentsText.description)}
      actions={mayCreate && !isEmpty && <NewAgentButtons />}
    >
      <ListFrame
        query={list}
        count={rows.length}
        empty={<Nothing search={settled} />}
        filters={<SearchField label={t(agentsText.search)} {...field} />}
      >
        <ListTable
          columns={[
            { label: t(common.name) },
            { label: t(agentsText.lastRun), width: { base: 150, lg: 230 }, visibleFrom: 'md' },
            { label: t(agentsText.published), width: 120, visibleFrom: 'sm' },
            { label: t(agentsText.updated), width: 160, visibleFrom: 'lg' },
            { label: t(common.more), width: 96, unlabelled: true },
          ]}
        >
          {rows.map((agent) => (
            <Row key={agent.id} agent={agent} />
          ))}
        </ListTable>
      </ListFrame>
    </Page>
  );
}

function NewAgentButtons() {
  const t = useT();
  const create = useCreateAgent();
  const kind = create.isPending ? create.variables.kind : undefined;
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconWand size={16} />}
        onClick={() => create.mutate({ kind: 'example' })}
        loading={kind === 'example'}
        data-testid="example-agent"
      >
        {t(agentsText.example)}
      </Button>
      <Button
        leftSection={<IconPlus size={16} />}
        onClick={() => create.mutate({ kind: 'blank' })}
        loading={kind === 'blank'}
        data-testid="new-agent"
      >
        {t(agentsText.new)}
      </Button>
    </>
  );
}

function Nothing({ search }: { search: string }) {
  const t = useT();
  const mayCreate = useCan('agent.create');
  if (search)
    return (
      <TeachingEmpty icon={<IconSearch />} title={t(agentsText.noMatch, { search })}>
        {t(agentsText.noMatchText)}
      </TeachingEmpty>
    );
  if (!mayCreate)
    return (
      <TeachingEmpty icon={<IconRobot />} title={t(agentsText.noneTitle)}>
        {t(agentsText.noneText)}
      </TeachingEmpty>
    );
  return (
    <TeachingEmpty icon={<IconRobot />} title={t(agentsText.emptyTitle)} actions={<NewAgentButtons />}>
      {t(agentsText.emptyText)}
    </TeachingEmpty>
  );
}

function Row({ agent }: { agent: AgentSummary }) {
  const t = useT();
  const { id, name, description, avatar, lastRun, updatedAt } = agent;
  const to = `/agents/${id}`;
  const row = useRowLink(to);
  return (
    <Table.Tr data-testid="agent-row" data-agent={id} {...row}>
      <Table.Td>
        <Group wrap="nowrap" gap="sm">
          <AgentAvatar name={name} avatar={avatar} />
          <Box miw={0}>
            <RowName to={to} name={name} description={description} />
          </Box>
        </Group>
      </Table.Td>
      <Table.Td visibleFrom="md">
        {lastRun ? (
          <Group gap="xs">
            <AgentRunBadge state={lastRun.state} />
            <TimeAgo at={lastRun.startedAt} />
          </Group>
        ) : (
          <Text size="sm" c="dimmed">
            {t(agentsText.neverRan)}
          </Text>
        )}
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <PublishedVersion agent={agent} />
      </Table.Td>
      <Table.Td visibleFrom="lg">
        <TimeAgo at={updatedAt} />
      </Table.Td>
      <Table.Td>
        <Group gap={2} wrap="nowrap" justify="flex-end">
          {agent.publishedVersion !== undefined && <TalkButton agent={id} name={name} />}
          <AgentMenu agent={agent} />
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}
