/** The list of automations. */
import { ActionIcon, Badge, Box, Button, Group, Menu, Table, Text, Tooltip } from '@mantine/core';
import { IconBolt, IconChevronDown, IconPlus, IconSearch } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { AutomationSummary } from '../../../../contracts/api/automations.ts';
import type { RunState } from '../../../../contracts/states.ts';
import { useAutomations } from '../../api/automations.ts';
import { useLiveRuns } from '../../api/runs.ts';
import { useCan } from '../../api/session.ts';
import { ListFrame, ListTable } from '../../components/list-frame.tsx';
import { NodeIcon } from '../../components/node-icon.tsx';
import { Page } from '../../components/page.tsx';
import { RowName } from '../../components/row-name.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { TeachingEmpty } from '../../components/teaching-empty.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { useRowLink } from '../../components/use-row-link.ts';
import { useSearch } from '../../components/use-search.ts';
import { automationsText } from '../../i18n/automations.ts';
import { common } from '../../i18n/common.ts';
import { useT } from '../../i18n/language.ts';
import { AutomationMenu } from './automation-menu.tsx';
import { examples } from './examples.ts';
import { ImportButton } from './import-button.tsx';
import { StartsBy } from './starts-by.tsx';
import { useCreateAutomation } from './use-create-automation.ts';

export function AutomationsPage() {
  const t = useT();
  const { field, settled } = useSearch();
  const list = useAutomations(settled);
  const mayCreate = useCan('automation.create');
  useLiveRuns();
  const rows = list.data ?? [];
  // The empty state has the button then.
  const isEmpty = list.data !== undefined && rows.length === 0 && settled === '';
  return (
    <Page
      title={t(automationsText.title)}
      description={t(automationsText.description)}
      actions={
        mayCreate &&
        !isEmpty && (
          <>
            <ImportButton />
            <NewAutomationButton />
          </>
        )
      }
    >
      <ListFrame
        query={list}
        count={rows.length}
        empty={<Nothing search={settled} />}
        filters={<SearchField label={t(automationsText.search)} {...field} />}
      >
        <Rows rows={rows} />
      </ListFrame>
    </Page>
  );
}

function NewAutomationButton() {
  const t = useT();
  const create = useCreateAutomation();
  return (
    <Button.Group>
      <Button
        leftSection={<IconPlus size={16} />}
        onClick={() => create.mutate({})}
        loading={create.isPending}
        data-testid="new-automation"
      >
        {t(automationsText.new)}
      </Button>
      <Menu position="bottom-end" width={280}>
        <Menu.Target>
          <ActionIcon
            variant="filled"
            color="iris"
            size={36}
            aria-label={t(automationsText.example)}
            style={{
              borderStartStartRadius: 0,
              borderEndStartRadius: 0,
              borderInlineStart: '1px solid rgb(255 255 255 / 30%)',
            }}
          >
            <IconChevronDown size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t(automationsText.example)}</Menu.Label>
          {examples.map((example) => (
            <Menu.Item
              key={example.id}
              leftSection={<NodeIcon type={example.icon} size={28} />}
              onClick={() =>
                create.mutate({
                  name: t(example.name),
                  description: t(example.description),
                  draft: example.graph,
                })
              }
            >
              {t(example.name)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </Button.Group>
  );
}

function Nothing({ search }: { search: string }) {
  const t = useT();
  const mayCreate = useCan('automation.create');
  if (search)
    return (
      <TeachingEmpty icon={<IconSearch />} title={t(automationsText.noMatch, { search })}>
        {t(automationsText.noMatchText)}
      </TeachingEmpty>
    );
  if (!mayCreate)
    return (
      <TeachingEmpty icon={<IconBolt />} title={t(automationsText.noneTitle)}>
        {t(automationsText.noneText)}
      </TeachingEmpty>
    );
  return (
    <TeachingEmpty
      icon={<IconBolt />}
      title={t(automationsText.emptyTitle)}
      actions={
        <>
          <NewAutomationButton />
          <ImportButton />
        </>
      }
    >
      {t(automationsText.emptyText)}
    </TeachingEmpty>
  );
}

function Rows({ rows }: { rows: readonly AutomationSummary[] }) {
  const t = useT();
  return (
    <ListTable
      columns={[
        { label: t(automationsText.name) },
        { label: t(automationsText.triggers), width: 110, visibleFrom: 'md' },
        { label: t(automationsText.lastRun), width: { base: 160, lg: 290 }, visibleFrom: 'sm' },
        { label: t(automationsText.published), width: 120, visibleFrom: 'sm' },
        { label: t(automationsText.updated), width: 170, visibleFrom: 'lg' },
        { label: t(common.more), width: 60, unlabelled: true },
      ]}
    >
      {rows.map((automation) => (
        <Row key={automation.id} automation={automation} />
      ))}
    </ListTable>
  );
}

function Row({ automation }: { automation: AutomationSummary }) {
  const t = useT();
  const { lastRun, publishedVersion } = automation;
  const to = `/automations/${automation.id}`;
  const row = useRowLink(to);
  return (
    <Table.Tr data-testid="automation-row" data-automation={automation.id} {...row}>
      <Table.Td>
        <RowName to={to} name={automation.name} description={automation.description} />
        <Box hiddenFrom="sm" mt={4}>
          <LastRun run={lastRun} />
        </Box>
      </Table.Td>
      <Table.Td visibleFrom="md">
        <StartsBy triggers={automation.triggers} />
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <LastRun run={lastRun} />
      </Table.Td>
      <Table.Td visibleFrom="sm">
        {publishedVersion === undefined ? (
          <Text size="sm" c="dimmed">
            {t(automationsText.notPublished)}
          </Text>
        ) : (
          <Tooltip label={t(automationsText.draftChanged)} disabled={!automation.draftChanged}>
            <Badge variant="outline" color="gray" tt="none">
              {t(automationsText.versionNumber, { number: publishedVersion })}
              {automation.draftChanged && ' *'}
            </Badge>
          </Tooltip>
        )}
      </Table.Td>
      <Table.Td visibleFrom="lg">
        <TimeAgo at={automation.updatedAt} />
      </Table.Td>
      <Table.Td>
        <AutomationMenu automation={automation} />
      </Table.Td>
    </Table.Tr>
  );
}

function LastRun({ run }: { run: AutomationSummary['lastRun'] }) {
  const t = useT();
  if (!run)
    return (
      <Text size="sm" c="dimmed">
        {t(automationsText.neverRan)}
      </Text>
    );
  return (
    <Group gap="xs">
      <Link to={`/runs/${run.id}`} className="hx-badge-link">
        <StateBadge state={run.state as RunState} />
      </Link>
      <TimeAgo at={run.startedAt} />
    </Group>
  );
}
