/** The link that proves an address. */
import { Button, Loader } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { Link, useLocation } from 'react-router';
import { useVerifyEmail } from '../../api/session.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useT } from '../../i18n/language.ts';
import { sessionText } from '../../i18n/session.ts';
import { linkToken } from '../../lib/link-token.ts';
import { SessionFrame } from './session-frame.tsx';

export function VerifyEmailPage() {
  const t = useT();
  const token = linkToken(useLocation());
  const client = useQueryClient();
  const { mutate, error, isSuccess } = useVerifyEmail();
  const sent = useRef('');
  useEffect(() => {
    // Once, though React draws twice in development: the token is used up by the first.
    if (!token || sent.current === token) return;
    sent.current = token;
    mutate({ token }, { onSuccess: () => client.invalidateQueries({ queryKey: ['account'] }) });
  }, [token, mutate, client]);
  const goOn = (to: string) => (
    <Button component={Link} to={to} size="md" fullWidth mt="md" data-testid="go-on">
      {t(sessionText.goOn)}
    </Button>
  );
  if (!token)
    return <SessionFrame title={t(sessionText.linkIncomplete)} help={t(sessionText.linkIncompleteHelp)} />;
  if (isSuccess)
    return (
      <SessionFrame title={t(sessionText.verifyDone)} help={t(sessionText.verifyDoneHelp)}>
        {goOn('/')}
      </SessionFrame>
    );
  if (error)
    return (
      <SessionFrame title={t(sessionText.verifyFailed)} help={t(sessionText.verifyFailedNext)}>
        <ErrorNotice error={error} />
        {goOn('/profile')}
      </SessionFrame>
    );
  return (
    <SessionFrame title={t(sessionText.verifyTitle)}>
      <Loader type="dots" />
    </SessionFrame>
  );
}
