/** An account of one's own, where the instance lets everybody make one. */
import { Anchor, Button, Divider, Stack } from '@mantine/core';
import { Link, useSearchParams } from 'react-router';
import { useInstance, useSignUp } from '../../api/session.ts';
import { useT } from '../../i18n/language.ts';
import { sessionText } from '../../i18n/session.ts';
import { wayBack, withWayBack } from '../../lib/way-back.ts';
import { CheckMail } from './check-mail.tsx';
import { ProviderButtons } from './provider-buttons.tsx';
import { SessionForm } from './session-form.tsx';
import { SessionFrame } from './session-frame.tsx';

export function SignUpPage() {
  const t = useT();
  const to = wayBack(useSearchParams()[0]);
  const { data: instance } = useInstance();
  const signUp = useSignUp();
  const elsewhere = instance?.providers.filter(({ type }) => type === 'oidc') ?? [];
  if (instance && !instance.signUpOpen)
    return (
      <SessionFrame title={t(sessionText.signUpClosed)} help={t(sessionText.invitationOnly)}>
        <Button component={Link} to="/sign-in">
          {t(sessionText.signIn)}
        </Button>
      </SessionFrame>
    );
  if (signUp.isSuccess)
    return (
      <CheckMail
        text={t(sessionText.signUpSent, { email: signUp.variables.email })}
        onAnother={() => signUp.reset()}
      />
    );
  return (
    <SessionFrame
      title={t(sessionText.signUpTitle)}
      help={t(sessionText.signUpHelp)}
      footer={
        <>
          {t(sessionText.hasAccount)}{' '}
          <Anchor component={Link} to={withWayBack('/sign-in', to)} inherit>
            {t(sessionText.signIn)}
          </Anchor>
        </>
      }
    >
      <Stack>
        <SessionForm
          fields={['name', 'email', 'newPassword']}
          focus="name"
          action={t(sessionText.makeAccount)}
          testId="sign-up"
          request={signUp}
          onSubmit={({ name, email, newPassword: password }) => signUp.mutate({ name, email, password })}
        />
        {elsewhere.length > 0 && <Divider label={t(sessionText.or)} />}
        <ProviderButtons providers={elsewhere} to={to} />
      </Stack>
    </SessionFrame>
  );
}
