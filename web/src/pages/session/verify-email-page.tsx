/** The link that proves an address. It takes the account's password, so that nobody opens an account that another made in their name. */
import { Anchor, Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useLocation } from 'react-router';
import { ProblemError } from '../../api/problem-error.ts';
import { useVerifyEmail } from '../../api/session.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useT } from '../../i18n/language.ts';
import { sessionText } from '../../i18n/session.ts';
import { linkToken } from '../../lib/link-token.ts';
import { SessionForm } from './session-form.tsx';
import { SessionFrame } from './session-frame.tsx';

export function VerifyEmailPage() {
  const t = useT();
  const token = linkToken(useLocation());
  const client = useQueryClient();
  const verify = useVerifyEmail();
  const goOn = (to: string) => (
    <Button component={Link} to={to} size="md" fullWidth mt="md" data-testid="go-on">
      {t(sessionText.goOn)}
    </Button>
  );
  if (!token)
    return <SessionFrame title={t(sessionText.linkIncomplete)} help={t(sessionText.linkIncompleteHelp)} />;
  if (verify.isSuccess)
    return (
      <SessionFrame title={t(sessionText.verifyDone)} help={t(sessionText.verifyDoneHelp)}>
        {goOn('/')}
      </SessionFrame>
    );
  if (verify.error instanceof ProblemError && verify.error.code === 'link-over')
    return (
      <SessionFrame title={t(sessionText.verifyFailed)} help={t(sessionText.verifyFailedNext)}>
        <ErrorNotice error={verify.error} />
        {goOn('/profile')}
      </SessionFrame>
    );
  return (
    <SessionFrame
      title={t(sessionText.verifyTitle)}
      help={t(sessionText.verifyHelp)}
      footer={
        verify.isError && (
          <Anchor component={Link} to="/forgot-password" inherit>
            {t(sessionText.forgotten)}
          </Anchor>
        )
      }
    >
      <SessionForm
        fields={['password']}
        focus="password"
        action={t(sessionText.verifyAction)}
        testId="verify-email"
        request={verify}
        onSubmit={({ password }) =>
          verify.mutate(
            { token, password },
            { onSuccess: () => client.invalidateQueries({ queryKey: ['account'] }) },
          )
        }
      />
    </SessionFrame>
  );
}
