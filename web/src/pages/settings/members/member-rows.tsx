import { ActionIcon, Avatar, Badge, Box, Group, Table, Text, Tooltip } from '@mantine/core';
import { IconShieldCheck, IconShieldOff, IconUserMinus } from '@tabler/icons-react';
import { assignableRole, type Role, roles, roleTexts } from '../../../../../contracts/access/roles.ts';
import type { Member } from '../../../../../contracts/api/workspaces.ts';
import { useRemoveMember, useSetRole } from '../../../api/members.ts';
import { useAccount, useCan } from '../../../api/session.ts';
import { useConfirm } from '../../../components/confirm.tsx';
import { notifyDone, notifyError } from '../../../components/error-notice.tsx';
import { ListTable } from '../../../components/list-frame.tsx';
import { TimeAgo } from '../../../components/time-ago.tsx';
import { useT } from '../../../i18n/language.ts';
import { membersText } from '../../../i18n/members.ts';
import { RoleSelect } from '../role-select.tsx';
import { rolesToGive } from './roles-to-give.ts';

export function MemberRows({ members }: { members: readonly Member[] }) {
  const t = useT();
  return (
    <ListTable
      columns={[
        { label: t(membersText.person) },
        { label: t(membersText.role), width: 190, visibleFrom: 'sm' },
        { label: t(membersText.secondFactor), width: 160, visibleFrom: 'lg' },
        { label: t(membersText.lastSeen), width: 140, visibleFrom: 'md' },
        { label: t(membersText.remove), width: 60, unlabelled: true },
      ]}
    >
      {members.map((member) => (
        <MemberRow key={member.user} member={member} />
      ))}
    </ListTable>
  );
}

function MemberRow({ member }: { member: Member }) {
  const t = useT();
  const account = useAccount().data;
  const [ask, dialog] = useConfirm();
  const setRole = useSetRole();
  const remove = useRemoveMember();
  const { user, name, email, role } = member;
  const mayManage = useCan('member.manage');
  const own = account?.workspace?.role ?? 'viewer';
  const isMe = account?.user?.id === user;
  // An owner is changed by handing the workspace over, and nobody cuts off the branch they sit on.
  const changeable = mayManage && !isMe && role !== 'owner';
  const shownName = name || email;
  const change = (next: Role) =>
    setRole.mutate(
      { user, role: assignableRole.parse(next) },
      {
        onError: notifyError,
        onSuccess: () =>
          notifyDone(t(membersText.roleChanged, { name: shownName, role: t(roleTexts[next].name) })),
      },
    );
  const askRemove = () =>
    ask({
      title: t(membersText.removeTitle, { name: shownName }),
      text: t(membersText.removeText),
      action: t(membersText.remove),
      onYes: () =>
        remove.mutate(user, {
          onError: notifyError,
          onSuccess: () => notifyDone(t(membersText.removed, { name: shownName })),
        }),
    });
  const roleCell = changeable ? (
    <RoleSelect
      ariaLabel={t(membersText.roleOf, { name: shownName })}
      roles={rolesToGive(own)}
      value={role}
      onChange={change}
      disabled={setRole.isPending}
    />
  ) : (
    <Tooltip label={t(roleTexts[role].about)}>
      <Text size="sm" span>
        {t(roleTexts[role].name)}
      </Text>
    </Tooltip>
  );
  return (
    <Table.Tr data-testid="member-row">
      <Table.Td>
        <Group gap="sm" wrap="nowrap">
          <Avatar name={shownName} color="initials" size={32} visibleFrom="sm" />
          <Box miw={0}>
            <Group gap={6}>
              <Text fw={600} truncate>
                {shownName}
              </Text>
              {isMe && (
                <Badge size="sm" variant="light" tt="none">
                  {t(membersText.you)}
                </Badge>
              )}
            </Group>
            <Text size="sm" c="dimmed" truncate>
              {email}
            </Text>
            <Box hiddenFrom="sm" mt={6} maw={220}>
              {roleCell}
            </Box>
          </Box>
        </Group>
      </Table.Td>
      <Table.Td visibleFrom="sm">{roleCell}</Table.Td>
      <Table.Td visibleFrom="lg">
        <Group gap={6} wrap="nowrap" c={member.secondFactor ? undefined : 'dimmed'}>
          {member.secondFactor ? <IconShieldCheck size={16} /> : <IconShieldOff size={16} />}
          <Text size="sm">{t(member.secondFactor ? membersText.on : membersText.off)}</Text>
        </Group>
      </Table.Td>
      <Table.Td visibleFrom="md">
        {member.lastSeenAt ? (
          <TimeAgo at={member.lastSeenAt} />
        ) : (
          <Text size="sm" c="dimmed">
            {t(membersText.never)}
          </Text>
        )}
      </Table.Td>
      <Table.Td py={0}>
        {changeable && roles.indexOf(role) >= roles.indexOf(own) && (
          <Tooltip label={t(membersText.remove)}>
            <ActionIcon
              aria-label={t(membersText.removeLabel, { name: shownName })}
              onClick={askRemove}
              loading={remove.isPending}
              data-testid="remove-member"
            >
              <IconUserMinus size={16} />
            </ActionIcon>
          </Tooltip>
        )}
        {dialog}
      </Table.Td>
    </Table.Tr>
  );
}
