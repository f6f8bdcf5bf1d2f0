/**
 * The step after the password, the link or the provider, for who has a second factor. Whoever owes none passes through: a provider
 * sends everybody back here.
 */
import { Anchor, Center, Loader, Text } from '@mantine/core';
import { useState } from 'react';
import { Link, Navigate, useNavigate, useSearchParams } from 'react-router';
import { isSignedOut, useAccount, useSecondFactor } from '../../api/session.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useT } from '../../i18n/language.ts';
import { sessionText } from '../../i18n/session.ts';
import { wayBack, withWayBack } from '../../lib/way-back.ts';
import { SessionForm } from './session-form.tsx';
import { SessionFrame } from './session-frame.tsx';

export function SecondFactorPage() {
  const t = useT();
  const navigate = useNavigate();
  const to = wayBack(useSearchParams()[0]);
  const account = useAccount();
  const second = useSecondFactor();
  const [hasApp, setHasApp] = useState(true);
  if (isSignedOut(account.error)) return <Navigate to={withWayBack('/sign-in', to)} replace />;
  if (account.data && !account.data.secondFactorDue) return <Navigate to={to} replace />;
  if (!account.data)
    return (
      <Center h="100vh" p="md">
        {account.error ? <ErrorNotice error={account.error} onRetry={account.refetch} /> : <Loader />}
      </Center>
    );
  const give = ({ code }: { code: string }) =>
    second.mutate({ code: code.replace(/\s/g, '') }, { onSuccess: () => navigate(to, { replace: true }) });
  return (
    <SessionFrame
      title={t(sessionText.codeTitle)}
      help={t(hasApp ? sessionText.codeHelp : sessionText.recoveryHelp)}
      footer={
        <Anchor component={Link} to={withWayBack('/sign-in', to)} inherit>
          {t(sessionText.backToSignIn)}
        </Anchor>
      }
    >
      {hasApp ? (
        <SessionForm
          key="app"
          fields={['code']}
          focus="code"
          action={t(sessionText.confirm)}
          testId="confirm-code"
          request={second}
          onSubmit={give}
        />
      ) : (
        <SessionForm
          key="recovery"
          fields={['recoveryCode']}
          focus="recoveryCode"
          action={t(sessionText.confirm)}
          testId="confirm-code"
          request={second}
          onSubmit={({ recoveryCode }) => give({ code: recoveryCode })}
        />
      )}
      <Text size="sm" mt="md" ta="center">
        <Anchor
          component="button"
          type="button"
          inherit
          onClick={() => {
            second.reset();
            setHasApp(!hasApp);
          }}
        >
          {t(hasApp ? sessionText.useRecovery : sessionText.useApp)}
        </Anchor>
      </Text>
    </SessionFrame>
  );
}
