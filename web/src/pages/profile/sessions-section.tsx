/** Every browser one is signed in with, newest first seen; each can be signed out. */
import { Badge, Button, Divider, Group, Skeleton, Stack, Text, ThemeIcon } from '@mantine/core';
import { IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react';
import { Fragment } from 'react';
import type { Session } from '../../../../contracts/api/account.ts';
import { useRevokeOtherSessions, useRevokeSession, useSessions } from '../../api/account.ts';
import { useSignOut } from '../../api/session.ts';
import { useConfirm } from '../../components/confirm.tsx';
import { ErrorNotice, notifyDone, notifyError } from '../../components/error-notice.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { useT } from '../../i18n/language.ts';
import { methodText, profileText } from '../../i18n/profile.ts';
import { shellText } from '../../i18n/shell.ts';
import { ProfileSection } from './profile-section.tsx';

export function SessionsSection() {
  const t = useT();
  const sessions = useSessions();
  const revokeOthers = useRevokeOtherSessions();
  const [ask, dialog] = useConfirm();
  const all = [...(sessions.data ?? [])].sort(
    (a, b) => Number(b.current) - Number(a.current) || b.lastSeenAt.localeCompare(a.lastSeenAt),
  );
  const others = all.filter((session) => !session.current).length;
  return (
    <ProfileSection title={t(profileText.sessions)} help={t(profileText.sessionsHelp)}>
      {sessions.error && <ErrorNotice error={sessions.error} onRetry={sessions.refetch} />}
      {sessions.isPending && <Skeleton height={96} />}
      {sessions.data && (
        <Stack gap="md">
          {all.map((session, index) => (
            <Fragment key={session.id}>
              {index > 0 && <Divider />}
              <SessionRow session={session} />
            </Fragment>
          ))}
          {others > 0 && (
            <>
              <Divider />
              <Button
                size="sm"
                variant="light"
                color="red"
                style={{ alignSelf: 'flex-start' }}
                loading={revokeOthers.isPending}
                data-testid="revoke-others"
                onClick={() =>
                  ask({
                    title: t(profileText.signOutOthers),
                    text: t(profileText.signOutOthersText, { count: others }),
                    action: t(profileText.signOutOthers),
                    onYes: () =>
                      revokeOthers.mutate(undefined, {
                        onError: notifyError,
                        onSuccess: () => notifyDone(t(profileText.signedOut)),
                      }),
                  })
                }
              >
                {t(profileText.signOutOthers)}
              </Button>
            </>
          )}
        </Stack>
      )}
      {dialog}
    </ProfileSection>
  );
}

function SessionRow({ session }: { session: Session }) {
  const t = useT();
  const revoke = useRevokeSession();
  const signOut = useSignOut();
  const device = session.device || t(profileText.unknownDevice);
  const Icon = /android|ios|iphone|ipad|mobile/i.test(device) ? IconDeviceMobile : IconDeviceDesktop;
  const busy = revoke.isPending || signOut.isPending;
  const end = () => {
    if (session.current) return signOut.mutate(undefined, { onError: notifyError });
    revoke.mutate(session.id, {
      onError: notifyError,
      onSuccess: () => notifyDone(t(profileText.signedOut)),
    });
  };
  return (
    <Group
      wrap="nowrap"
      align="flex-start"
      data-testid="session-row"
      data-current={session.current || undefined}
    >
      <ThemeIcon variant="light" color="gray" size={36} radius="md">
        <Icon size={20} stroke={1.6} />
      </ThemeIcon>
      <div style={{ flex: 1, minWidth: 0 }}>
        <Group gap="xs">
          <Text fw={600}>{device}</Text>
          {session.current && (
            <Badge variant="light" tt="none">
              {t(profileText.thisOne)}
            </Badge>
          )}
        </Group>
        <Text size="sm" c="dimmed" component="div">
          {session.ip && `${session.ip} · `}
          {t(profileText.lastSeen)} <TimeAgo at={session.lastSeenAt} />
        </Text>
        <Text size="sm" c="dimmed" component="div">
          {t(profileText.signedInBy, { how: t(methodText(session.method)) })}{' '}
          <TimeAgo at={session.createdAt} />
        </Text>
      </div>
      <Button
        size="xs"
        variant="default"
        loading={busy}
        onClick={end}
        aria-label={t(profileText.signOutSession, { device })}
        data-testid="revoke-session"
      >
        {t(shellText.signOut)}
      </Button>
    </Group>
  );
}
