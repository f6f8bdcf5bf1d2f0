/**
 * What an invitation's link opens: who has no account makes one, who has one signs in and comes back, who is signed in joins; and
 * who is signed in as somebody else is told so.
 */
import { Alert, Anchor, Button, Divider, Loader, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { Link, Navigate, useLocation } from 'react-router';
import { roleTexts } from '../../../../contracts/access/roles.ts';
import type { InvitationPreview } from '../../../../contracts/api/workspaces.ts';
import { useAcceptInvitation, useInvitation, useSignUpByInvitation } from '../../api/joining.ts';
import { ProblemError } from '../../api/problem-error.ts';
import { isSignedOut, useAccount, useInstance, useSignOut } from '../../api/session.ts';
import { ErrorNotice, notifyError } from '../../components/error-notice.tsx';
import { invitationText } from '../../i18n/invitation.ts';
import { useT } from '../../i18n/language.ts';
import { keptInvitation } from '../../lib/kept-invitation.ts';
import { linkToken } from '../../lib/link-token.ts';
import { withWayBack } from '../../lib/way-back.ts';
import { ProviderButtons } from './provider-buttons.tsx';
import { SessionForm } from './session-form.tsx';
import { SessionFrame } from './session-frame.tsx';

/** Where it returns to after a detour over signing in or out. The token waits in the tab: addresses end up in logs. */
const here = '/invitation';

export function InvitationPage() {
  const t = useT();
  const location = useLocation();
  const [token] = useState(() => keptInvitation(linkToken(location)));
  const invitation = useInvitation(token);
  const account = useAccount();
  if (token === '' || isRefusal(invitation.error))
    return (
      <SessionFrame title={t(invitationText.broken)} help={t(invitationText.brokenHelp)}>
        <Button component={Link} to="/" variant="default">
          Hiviex
        </Button>
      </SessionFrame>
    );
  const error = invitation.error ?? (isSignedOut(account.error) ? null : account.error);
  if (error || !invitation.data || account.isPending)
    return (
      <SessionFrame title={t(invitationText.loading)}>
        {error ? (
          <ErrorNotice error={error} onRetry={() => Promise.all([invitation.refetch(), account.refetch()])} />
        ) : (
          <Loader type="dots" />
        )}
      </SessionFrame>
    );
  if (account.data?.secondFactorDue)
    return <Navigate to={withWayBack('/sign-in/second-factor', here)} replace />;
  const shown = { token, preview: invitation.data };
  const mine = isSignedOut(account.error) ? undefined : account.data?.user?.email;
  if (mine === undefined) return <Newcomer {...shown} />;
  const { email } = invitation.data;
  if (email !== undefined && email.toLowerCase() !== mine.toLowerCase())
    return <WrongAccount email={email} mine={mine} />;
  return <Accept {...shown} mine={mine} />;
}

interface Shown {
  token: string;
  preview: InvitationPreview;
}

function Frame({ preview, children }: { preview: InvitationPreview; children: ReactNode }) {
  const t = useT();
  const { name, about } = roleTexts[preview.role];
  return (
    <SessionFrame
      title={t(invitationText.title, { workspace: preview.workspace })}
      help={
        <>
          {t(invitationText.role, { role: t(name) })} {t(about)}{' '}
          {t(invitationText.expires, { until: new Date(preview.expiresAt) })}
        </>
      }
    >
      {children}
    </SessionFrame>
  );
}

function Newcomer({ token, preview }: Shown) {
  const t = useT();
  const { data: instance } = useInstance();
  const signUp = useSignUpByInvitation();
  const elsewhere = instance?.providers.filter(({ type }) => type === 'oidc') ?? [];
  return (
    <Frame preview={preview}>
      <Stack>
        <SessionForm
          fields={['name', 'email', 'newPassword']}
          initial={{ email: preview.email ?? '' }}
          fixed={preview.email === undefined ? [] : ['email']}
          focus="name"
          action={t(invitationText.signUp)}
          testId="join"
          request={signUp}
          onSubmit={({ name, email, newPassword: password }) =>
            signUp.mutate({ token, name, email, password })
          }
        />
        <Divider />
        <Button
          component={Link}
          to={withWayBack('/sign-in', here)}
          variant="default"
          size="md"
          data-testid="has-account"
        >
          {t(invitationText.hasAccount)}
        </Button>
        <ProviderButtons providers={elsewhere} to={here} />
      </Stack>
    </Frame>
  );
}

function Accept({ token, preview, mine }: Shown & { mine: string }) {
  const t = useT();
  const accept = useAcceptInvitation();
  const signOut = useSignOut(here);
  return (
    <Frame preview={preview}>
      <Stack>
        {accept.error && <ErrorNotice error={accept.error} />}
        <Text size="sm">{t(invitationText.signedInAs, { email: mine })}</Text>
        <Button
          size="md"
          loading={accept.isPending}
          data-testid="accept"
          onClick={() => accept.mutate({ token })}
        >
          {t(invitationText.accept)}
        </Button>
        <Anchor
          component="button"
          type="button"
          size="sm"
          onClick={() => signOut.mutate(undefined, { onError: notifyError })}
        >
          {t(invitationText.useOther)}
        </Anchor>
      </Stack>
    </Frame>
  );
}

function WrongAccount({ email, mine }: { email: string; mine: string }) {
  const t = useT();
  const signOut = useSignOut(here);
  return (
    <SessionFrame title={t(invitationText.loading)}>
      <Stack>
        <Alert
          role="alert"
          color="yellow"
          variant="light"
          icon={<IconAlertTriangle />}
          title={t(invitationText.wrongAccount, { email })}
          data-testid="wrong-account"
        >
          {t(invitationText.wrongAccountHelp, { mine })}
        </Alert>
        <Button
          size="md"
          loading={signOut.isPending}
          onClick={() => signOut.mutate(undefined, { onError: notifyError })}
          data-testid="switch-account"
        >
          {t(invitationText.signOut)}
        </Button>
        <Button component={Link} to="/" variant="default" size="md">
          {t(invitationText.stay)}
        </Button>
      </Stack>
    </SessionFrame>
  );
}

/** The server knows the link and it is no good, unlike a server that could not be asked. */
function isRefusal(error: unknown): boolean {
  return error instanceof ProblemError && error.status >= 400 && error.status < 500 && error.status !== 429;
}
