/** Choosing a new password, by the link in the mail. */
import { Alert, Anchor, Button } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { Link, useLocation } from 'react-router';
import { useResetPassword } from '../../api/session.ts';
import { useT } from '../../i18n/language.ts';
import { sessionText } from '../../i18n/session.ts';
import { linkToken } from '../../lib/link-token.ts';
import { SessionForm } from './session-form.tsx';
import { SessionFrame } from './session-frame.tsx';

export function ResetPasswordPage() {
  const t = useT();
  const token = linkToken(useLocation());
  const reset = useResetPassword();
  const newLink = (
    <Anchor component={Link} to="/forgot-password" inherit>
      {t(sessionText.newLink)}
    </Anchor>
  );
  if (!token)
    return (
      <SessionFrame
        title={t(sessionText.linkIncomplete)}
        help={t(sessionText.linkIncompleteHelp)}
        footer={newLink}
      />
    );
  if (reset.isSuccess)
    return (
      <SessionFrame title={t(sessionText.resetTitle)}>
        <Alert role="status" color="green" variant="light" icon={<IconCheck />} mb="md">
          {t(sessionText.resetDone)}
        </Alert>
        <Button component={Link} to="/sign-in" size="md" fullWidth data-testid="go-on" autoFocus>
          {t(sessionText.signIn)}
        </Button>
      </SessionFrame>
    );
  return (
    <SessionFrame
      title={t(sessionText.resetTitle)}
      help={t(sessionText.resetHelp)}
      footer={reset.isError && newLink}
    >
      <SessionForm
        fields={['newPassword']}
        labels={{ newPassword: t(sessionText.newPassword) }}
        focus="newPassword"
        action={t(sessionText.resetAction)}
        testId="reset-password"
        request={reset}
        onSubmit={({ newPassword: password }) => reset.mutate({ token, password })}
      />
    </SessionFrame>
  );
}
