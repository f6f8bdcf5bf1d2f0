/** Invites somebody: by mail, or by a link that is shown once. */
import { Button, Group, Modal, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type AssignableRole, roleTexts } from '../../../../../contracts/access/roles.ts';
import { email as emailSchema } from '../../../../../contracts/api/account.ts';
import { useInvite } from '../../../api/invitations.ts';
import { useAccount } from '../../../api/session.ts';
import { CopyOnce } from '../../../components/copy-once.tsx';
import { DialogForm } from '../../../components/dialog-form.tsx';
import { notifyDone } from '../../../components/error-notice.tsx';
import { useT } from '../../../i18n/language.ts';
import { membersText } from '../../../i18n/members.ts';
import { RoleSelect } from '../role-select.tsx';
import { rolesToGive } from './roles-to-give.ts';

interface Made {
  url: string;
  role: AssignableRole;
}

export function InviteDialog({ opened, onClose }: { opened: boolean; onClose(): void }) {
  const t = useT();
  const [made, setMade] = useState<Made>();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      onExitTransitionEnd={() => setMade(undefined)}
      title={t(made ? membersText.linkTitle : membersText.inviteTitle)}
      closeOnClickOutside={!made}
      closeOnEscape={!made}
      size="md"
    >
      {made ? (
        <Stack>
          <Text size="sm">{t(membersText.linkRole, { role: t(roleTexts[made.role].name) })}</Text>
          <CopyOnce value={made.url} why={t(membersText.linkOnce)} testId="invitation-link" />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t(membersText.linkDone)}
            </Button>
          </Group>
        </Stack>
      ) : (
        <InviteForm onMade={setMade} onClose={onClose} />
      )}
    </Modal>
  );
}

const lifetimes = ['1', '7', '30'] as const;

function InviteForm({ onMade, onClose }: { onMade(made: Made): void; onClose(): void }) {
  const t = useT();
  const own = useAccount().data?.workspace?.role ?? 'viewer';
  const invite = useInvite();
  const [way, setWay] = useState<'mail' | 'link'>('mail');
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<AssignableRole>('builder');
  const [days, setDays] = useState<string>('7');
  const [tried, setTried] = useState(false);
  const address = email.trim();
  const emailWrong = way === 'mail' && !emailSchema.safeParse(address).success;
  const submit = () => {
    setTried(true);
    if (emailWrong) return;
    invite.mutate(
      { role, expiresInDays: Number(days), ...(way === 'mail' && { email: address }) },
      {
        onSuccess: ({ url }) => {
          if (url !== undefined) return onMade({ url, role });
          notifyDone(t(membersText.mailed, { email: address }));
          onClose();
        },
      },
    );
  };
  return (
    <DialogForm
      action={t(way === 'mail' ? membersText.sendInvitation : membersText.makeLink)}
      request={invite}
      onCancel={onClose}
      testId="send-invitation"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <SegmentedControl
        fullWidth
        aria-label={t(membersText.way)}
        data={[
          { value: 'mail', label: t(membersText.byMail) },
          { value: 'link', label: t(membersText.byLink) },
        ]}
        value={way}
        onChange={(value) => setWay(value as 'mail' | 'link')}
      />
      {way === 'mail' ? (
        <TextInput
          type="email"
          label={t(membersText.email)}
          description={t(membersText.emailHelp)}
          placeholder="bela@example.com"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={tried && emailWrong && t(membersText.emailWrong)}
          autoComplete="off"
          required
          data-autofocus
          data-testid="invite-email"
        />
      ) : (
        <Text size="sm" c="dimmed">
          {t(membersText.linkHelp)}
        </Text>
      )}
      <RoleSelect
        label={t(membersText.role)}
        roles={rolesToGive(own)}
        value={role}
        onChange={(value) => setRole(value as AssignableRole)}
      />
      <Select
        label={t(membersText.expires)}
        data={lifetimes.map((value) => ({
          value,
          label: t(membersText.days, { count: Number(value) }),
        }))}
        value={days}
        onChange={(value) => setDays(value ?? '7')}
        allowDeselect={false}
      />
    </DialogForm>
  );
}
