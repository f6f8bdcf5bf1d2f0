/** Invitations that nobody has taken yet. Nothing while there is none: the button above says how to make one. */
import { ActionIcon, Group, Table, Text, Tooltip } from '@mantine/core';
import { IconLink, IconMail, IconX } from '@tabler/icons-react';
import { roleTexts } from '../../../../../contracts/access/roles.ts';
import type { Invitation } from '../../../../../contracts/api/workspaces.ts';
import { useInvitations, useRevokeInvitation } from '../../../api/invitations.ts';
import { useConfirm } from '../../../components/confirm.tsx';
import { ErrorNotice, notifyDone, notifyError } from '../../../components/error-notice.tsx';
import { ListFrame, ListTable } from '../../../components/list-frame.tsx';
import { Section } from '../../../components/section.tsx';
import { TimeAgo } from '../../../components/time-ago.tsx';
import { useT } from '../../../i18n/language.ts';
import { membersText } from '../../../i18n/members.ts';

export function InvitationsSection() {
  const t = useT();
  const invitations = useInvitations();
  const [ask, dialog] = useConfirm();
  const revoke = useRevokeInvitation();
  const rows = invitations.data ?? [];
  if (invitations.error) return <ErrorNotice error={invitations.error} onRetry={invitations.refetch} />;
  if (rows.length === 0) return null;
  const nameOf = ({ email }: Invitation) => email ?? t(membersText.whoeverHasLink);
  const askRevoke = (invitation: Invitation) =>
    ask({
      title: t(membersText.revokeTitle),
      text: t(membersText.revokeText),
      action: t(membersText.revoke),
      onYes: () =>
        revoke.mutate(invitation.id, {
          onError: notifyError,
          onSuccess: () => notifyDone(t(membersText.revoked)),
        }),
    });
  return (
    <Section title={t(membersText.invitations)} help={t(membersText.invitationsText)} bare>
      <ListFrame query={invitations} count={rows.length} empty={null}>
        <ListTable
          columns={[
            { label: t(membersText.invited) },
            { label: t(membersText.role), width: 190, visibleFrom: 'sm' },
            { label: t(membersText.invitedBy), width: 160, visibleFrom: 'lg' },
            { label: t(membersText.expires), width: 140, visibleFrom: 'sm' },
            { label: t(membersText.revoke), width: 60, unlabelled: true },
          ]}
        >
          {rows.map((invitation) => (
            <Table.Tr key={invitation.id} data-testid="invitation-row">
              <Table.Td>
                <Group gap="sm" wrap="nowrap">
                  {invitation.email ? <IconMail size={18} aria-hidden /> : <IconLink size={18} aria-hidden />}
                  <Text fw={500} truncate>
                    {nameOf(invitation)}
                  </Text>
                </Group>
                <Group hiddenFrom="sm" gap={6} mt={2}>
                  <Text size="sm">{t(roleTexts[invitation.role].name)} ·</Text>
                  <TimeAgo at={invitation.expiresAt} />
                </Group>
              </Table.Td>
              <Table.Td visibleFrom="sm">
                <Text size="sm">{t(roleTexts[invitation.role].name)}</Text>
              </Table.Td>
              <Table.Td visibleFrom="lg">
                <Text size="sm" c="dimmed" truncate>
                  {invitation.createdBy || '—'}
                </Text>
              </Table.Td>
              <Table.Td visibleFrom="sm">
                <TimeAgo at={invitation.expiresAt} />
              </Table.Td>
              <Table.Td py={0}>
                <Tooltip label={t(membersText.revoke)}>
                  <ActionIcon
                    aria-label={t(membersText.revokeLabel, { name: nameOf(invitation) })}
                    onClick={() => askRevoke(invitation)}
                    data-testid="revoke-invitation"
                  >
                    <IconX size={16} />
                  </ActionIcon>
                </Tooltip>
              </Table.Td>
            </Table.Tr>
          ))}
        </ListTable>
      </ListFrame>
      {dialog}
    </Section>
  );
}
