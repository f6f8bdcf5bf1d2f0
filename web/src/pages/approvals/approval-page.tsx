/** One approval: what is asked, what it is about, who decided what, and the form for who may decide. */
import { Alert, Anchor, Badge, Card, Group, SimpleGrid, Stack, Text, Typography } from '@mantine/core';
import { IconInfoCircle, IconMailOff } from '@tabler/icons-react';
import { Link, useParams } from 'react-router';
import type { Approval, ApprovalDecision } from '../../../../contracts/api/approvals.ts';
import { useApproval, useLiveApprovals } from '../../api/approvals.ts';
import { DecisionForm } from '../../components/decision-form.tsx';
import { ItemsView } from '../../components/items-view.tsx';
import { Page } from '../../components/page.tsx';
import { Section } from '../../components/section.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { approvalStateText, approvalsText } from '../../i18n/approvals.ts';
import { useT } from '../../i18n/language.ts';
import { PendingPage } from '../pending-page.tsx';
import { ApprovalBadge } from './approval-badge.tsx';

export function ApprovalPage() {
  const { id = '' } = useParams();
  const approval = useApproval(id);
  useLiveApprovals();
  if (approval.data) return <ApprovalView approval={approval.data} />;
  return <PendingPage query={approval} />;
}

function ApprovalView({ approval }: { approval: Approval }) {
  const t = useT();
  const { title, state, asker, automation, run, textHtml, items, openedAt, dueAt } = approval;
  return (
    <Page title={title} description={automation.name} actions={<ApprovalBadge state={state} />}>
      <Group gap="lg" mb="lg">
        <Text size="sm" c="dimmed">
          {t(approvalsText.opened)} <TimeAgo at={openedAt} />
        </Text>
        {dueAt && (
          <Text size="sm" c="dimmed">
            {t(approvalsText.due)} <TimeAgo at={dueAt} />
          </Text>
        )}
        {asker === 'agent' ? (
          <Anchor component={Link} to={`/agents/${automation.id}`} size="sm">
            {t(approvalsText.agent)}
          </Anchor>
        ) : (
          <Anchor component={Link} to={`/runs/${run}`} size="sm">
            {t(approvalsText.run)}
          </Anchor>
        )}
      </Group>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl" verticalSpacing="xl">
        <Stack gap="xl">
          {approval.text !== '' && (
            <Card withBorder p="lg">
              <Typography>
                {/* The API made it of markdown and let through nothing but text, lists, tables and links (api/pages/markdown.ts). */}
                {/* biome-ignore lint/security/noDangerouslySetInnerHtml: HTML of our own making */}
                <div dangerouslySetInnerHTML={{ __html: textHtml }} />
              </Typography>
            </Card>
          )}
          <Card withBorder p={0}>
            <ItemsView
              title={t(approvalsText.about)}
              items={items.map((json) => ({ json }))}
              empty={t(approvalsText.noItems)}
            />
          </Card>
        </Stack>
        <Stack gap="xl">
          <YourPart approval={approval} />
          <Decisions approval={approval} />
        </Stack>
      </SimpleGrid>
    </Page>
  );
}

function YourPart({ approval }: { approval: Approval }) {
  const t = useT();
  const { decidable, mine, state } = approval;
  if (decidable)
    return (
      <Section title={t(approvalsText.decide)}>
        <DecisionForm key={approval.id} approval={approval} />
      </Section>
    );
  if (mine)
    return (
      <Alert icon={<IconInfoCircle />} variant="light">
        {t(approvalsText.youDecided, { decision: t(approvalStateText[mine]).toLowerCase() })}
      </Alert>
    );
  if (state !== 'open') return null;
  return (
    <Alert icon={<IconInfoCircle />} variant="light" color="gray">
      {t(approvalsText.notYours)}
    </Alert>
  );
}

function Decisions({ approval }: { approval: Approval }) {
  const t = useT();
  const { approvals, needed, decisions, approvers, escalatedAt, notReached } = approval;
  return (
    <Section title={t(approvalsText.decisions)} help={t(approvalsText.needs, { approvals, needed })}>
      <Stack>
        {decisions.length === 0 && (
          <Text size="sm" c="dimmed">
            {t(approvalsText.nobodyYet)}
          </Text>
        )}
        {decisions.map((one) => (
          <DecisionView key={one.name + one.at} decision={one} />
        ))}
        <Group gap={6}>
          <Text size="sm" c="dimmed">
            {t(approvalsText.asked)}
          </Text>
          {approvers.map(({ kind, who }) => (
            <Badge key={kind + who} variant="default" tt="none" fw={500}>
              {kind === 'member' || kind === 'email' ? who : `${t(approvalsText[kind])}: ${who}`}
            </Badge>
          ))}
        </Group>
        {escalatedAt && (
          <Text size="sm" c="dimmed">
            {t(approvalsText.escalated)} <TimeAgo at={escalatedAt} />
          </Text>
        )}
        {notReached.length > 0 && (
          <Alert icon={<IconMailOff />} color="orange" variant="light">
            {t(approvalsText.notReached, { addresses: notReached.join(', ') })}
          </Alert>
        )}
      </Stack>
    </Section>
  );
}

function DecisionView({ decision: { name, decision, comment, fields, at } }: { decision: ApprovalDecision }) {
  return (
    <div data-testid="decision">
      <Group gap="xs">
        <ApprovalBadge state={decision} />
        <Text fw={600}>{name}</Text>
        <Text size="sm" c="dimmed">
          <TimeAgo at={at} />
        </Text>
      </Group>
      {comment !== '' && (
        <Text size="sm" mt={4} style={{ whiteSpace: 'pre-wrap' }}>
          {comment}
        </Text>
      )}
      {Object.entries(fields).map(([field, value]) => (
        <Text key={field} size="sm" c="dimmed">
          {field}: {String(value)}
        </Text>
      ))}
    </div>
  );
}
