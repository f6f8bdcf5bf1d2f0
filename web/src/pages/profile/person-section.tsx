/** Name, e-mail and whether it is confirmed. */
import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import type { Account } from '../../../../contracts/api/account.ts';
import { useSendVerification, useUpdateProfile } from '../../api/account.ts';
import { notifyDone, notifyError } from '../../components/error-notice.tsx';
import { useT } from '../../i18n/language.ts';
import { profileText } from '../../i18n/profile.ts';
import { sessionText } from '../../i18n/session.ts';
import { LocalMail } from '../session/check-mail.tsx';
import { SessionForm } from '../session/session-form.tsx';
import { ProfileSection } from './profile-section.tsx';

export function PersonSection({ user }: { user: NonNullable<Account['user']> }) {
  const t = useT();
  const update = useUpdateProfile();
  const verification = useSendVerification();
  return (
    <ProfileSection title={t(profileText.you)} help={t(profileText.youHelp)}>
      <Stack gap="lg">
        <SessionForm
          fields={['name']}
          initial={{ name: user.name }}
          size="sm"
          action={t(profileText.save)}
          testId="save-profile"
          request={update}
          onSubmit={(values) => update.mutate(values, { onSuccess: () => notifyDone(t(profileText.saved)) })}
        />
        <div>
          <Text size="sm" fw={500} mb={4}>
            {t(sessionText.email)}
          </Text>
          <Group gap="xs">
            <Text style={{ overflowWrap: 'anywhere' }}>{user.email}</Text>
            {user.emailVerified ? (
              <Badge variant="light" color="green" tt="none" leftSection={<IconCheck size={12} />}>
                {t(profileText.verified)}
              </Badge>
            ) : (
              <Badge variant="light" color="yellow" tt="none" leftSection={<IconAlertTriangle size={12} />}>
                {t(profileText.notVerified)}
              </Badge>
            )}
          </Group>
          {!user.emailVerified && (
            <Stack gap="sm" mt="sm" align="flex-start">
              <Text size="sm" c="dimmed">
                {t(profileText.verifyHelp)}
              </Text>
              {verification.isSuccess && <LocalMail />}
              <Button
                size="xs"
                variant="default"
                loading={verification.isPending}
                data-testid="send-verification"
                onClick={() =>
                  verification.mutate(undefined, {
                    onError: notifyError,
                    onSuccess: () => notifyDone(t(profileText.sent, { email: user.email })),
                  })
                }
              >
                {t(profileText.sendAgain)}
              </Button>
            </Stack>
          )}
        </div>
      </Stack>
    </ProfileSection>
  );
}
