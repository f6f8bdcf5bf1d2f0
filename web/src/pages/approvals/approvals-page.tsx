/** What runs ask people to decide. Its filters live in the address, so that a view can be linked. */
import { Box, Group, SegmentedControl, Table, Text } from '@mantine/core';
import { IconUserCheck } from '@tabler/icons-react';
import { useSearchParams } from 'react-router';
import type { ApprovalSummary } from '../../../../contracts/api/approvals.ts';
import { useApprovals, useLiveApprovals } from '../../api/approvals.ts';
import { ListFrame, ListTable } from '../../components/list-frame.tsx';
import { Page } from '../../components/page.tsx';
import { RowName } from '../../components/row-name.tsx';
import { TeachingEmpty } from '../../components/teaching-empty.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { useRowLink } from '../../components/use-row-link.ts';
import { approvalsText } from '../../i18n/approvals.ts';
import { useT } from '../../i18n/language.ts';
import { ApprovalBadge } from './approval-badge.tsx';

export function ApprovalsPage() {
  const t = useT();
  const [search, setSearch] = useSearchParams();
  const state = search.get('state') === 'done' ? 'done' : 'open';
  const of = search.get('of') === 'all' ? 'all' : 'mine';
  const list = useApprovals({ state, of });
  useLiveApprovals();
  const approvals = list.data ?? [];
  const choose = (name: string) => (value: string) =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        next.set(name, value);
        return next;
      },
      { replace: true },
    );
  return (
    <Page title={t(approvalsText.title)} description={t(approvalsText.description)}>
      <ListFrame
        query={list}
        count={approvals.length}
        empty={
          <TeachingEmpty
            icon={<IconUserCheck />}
            title={t(state === 'open' ? approvalsText.emptyTitle : approvalsText.emptyDone)}
          >
            {t(state === 'open' ? approvalsText.emptyText : approvalsText.emptyDoneText)}
          </TeachingEmpty>
        }
        filters={
          <Group gap="xs">
            <SegmentedControl
              aria-label={t(approvalsText.state)}
              value={state}
              onChange={choose('state')}
              data={[
                { value: 'open', label: t(approvalsText.open) },
                { value: 'done', label: t(approvalsText.done) },
              ]}
            />
            <SegmentedControl
              aria-label={t(approvalsText.whose)}
              value={of}
              onChange={choose('of')}
              data={[
                { value: 'mine', label: t(approvalsText.mine) },
                { value: 'all', label: t(approvalsText.all) },
              ]}
            />
          </Group>
        }
      >
        <ListTable
          columns={[
            { label: t(approvalsText.state), width: 160, visibleFrom: 'sm' },
            { label: t(approvalsText.question) },
            { label: t(approvalsText.votes), width: 190, visibleFrom: 'md' },
            { label: t(approvalsText.opened), width: 150, visibleFrom: 'md' },
            { label: t(approvalsText.due), width: 150, visibleFrom: 'lg' },
          ]}
        >
          {approvals.map((approval) => (
            <ApprovalRow key={approval.id} approval={approval} />
          ))}
        </ListTable>
      </ListFrame>
    </Page>
  );
}

function ApprovalRow({ approval }: { approval: ApprovalSummary }) {
  const t = useT();
  const { id, title, state, automation, approvals, needed, openedAt, dueAt } = approval;
  const to = `/approvals/${id}`;
  const row = useRowLink(to);
  return (
    <Table.Tr data-testid="approval-row" {...row}>
      <Table.Td visibleFrom="sm">
        <ApprovalBadge state={state} />
      </Table.Td>
      <Table.Td>
        <RowName to={to} name={title} />
        <Text size="sm" c="dimmed" truncate>
          {automation.name}
        </Text>
        <Group gap="xs" mt={4} hiddenFrom="md">
          <Box hiddenFrom="sm">
            <ApprovalBadge state={state} />
          </Box>
          <TimeAgo at={openedAt} />
          {dueAt && state === 'open' && (
            <Text size="sm" c="dimmed">
              {t(approvalsText.due)} <TimeAgo at={dueAt} />
            </Text>
          )}
        </Group>
      </Table.Td>
      <Table.Td visibleFrom="md">
        <Text size="sm">{t(approvalsText.needs, { approvals, needed })}</Text>
      </Table.Td>
      <Table.Td visibleFrom="md">
        <TimeAgo at={openedAt} />
      </Table.Td>
      <Table.Td visibleFrom="lg">{dueAt && <TimeAgo at={dueAt} />}</Table.Td>
    </Table.Tr>
  );
}
