/** Who is in the workspace, who is invited, and the groups that things are shared with. */
import { Button, Stack } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useMembers } from '../../../api/members.ts';
import { useCan } from '../../../api/session.ts';
import { ListFrame } from '../../../components/list-frame.tsx';
import { Page } from '../../../components/page.tsx';
import { useT } from '../../../i18n/language.ts';
import { membersText } from '../../../i18n/members.ts';
import { GroupsSection } from './groups-section.tsx';
import { InvitationsSection } from './invitations-section.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { MemberRows } from './member-rows.tsx';

export function MembersPage() {
  const t = useT();
  const members = useMembers();
  const mayManage = useCan('member.manage');
  const [invites, setInvites] = useState(false);
  const invite = () => setInvites(true);
  return (
    <Page
      title={t(membersText.title)}
      description={t(membersText.description)}
      actions={
        mayManage && (
          <Button leftSection={<IconUserPlus size={16} />} onClick={invite} data-testid="invite">
            {t(membersText.invite)}
          </Button>
        )
      }
    >
      <Stack gap="xl">
        <ListFrame query={members} count={members.data?.length ?? 0} empty={null}>
          <MemberRows members={members.data ?? []} />
        </ListFrame>
        {mayManage && <InvitationsSection />}
        <GroupsSection members={members.data ?? []} />
      </Stack>
      <InviteDialog opened={invites} onClose={() => setInvites(false)} />
    </Page>
  );
}
