/** Asking for a link to set a new password. The answer is the same whether there is an account or not. */
import { Anchor } from '@mantine/core';
import { Link, useSearchParams } from 'react-router';
import { useForgotPassword } from '../../api/session.ts';
import { useT } from '../../i18n/language.ts';
import { sessionText } from '../../i18n/session.ts';
import { wayBack, withWayBack } from '../../lib/way-back.ts';
import { CheckMail } from './check-mail.tsx';
import { SessionForm } from './session-form.tsx';
import { SessionFrame } from './session-frame.tsx';

export function ForgotPasswordPage() {
  const t = useT();
  const to = wayBack(useSearchParams()[0]);
  const forgotten = useForgotPassword();
  if (forgotten.isSuccess)
    return (
      <CheckMail
        text={t(sessionText.checkMailMaybe, { email: forgotten.variables.email })}
        onAnother={() => forgotten.reset()}
      />
    );
  return (
    <SessionFrame
      title={t(sessionText.forgotTitle)}
      help={t(sessionText.forgotHelp)}
      footer={
        <Anchor component={Link} to={withWayBack('/sign-in', to)} inherit>
          {t(sessionText.backToSignIn)}
        </Anchor>
      }
    >
      <SessionForm
        fields={['email']}
        focus="email"
        action={t(sessionText.sendLink)}
        testId="send-reset"
        request={forgotten}
        onSubmit={(values) => forgotten.mutate(values)}
      />
    </SessionFrame>
  );
}
