/** Signing in: with a password, by a mailed link, with an account elsewhere. */
import { Alert, Anchor, Button, Divider, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconMail } from '@tabler/icons-react';
import { Link, Navigate, useNavigate, useSearchParams } from 'react-router';
import { useInstance, useSignIn } from '../../api/session.ts';
import { useT } from '../../i18n/language.ts';
import { sessionText } from '../../i18n/session.ts';
import { signInErrorOf } from '../../i18n/sign-in-errors.ts';
import { wayBack, withWayBack } from '../../lib/way-back.ts';
import { ProviderButtons } from './provider-buttons.tsx';
import { SessionForm } from './session-form.tsx';
import { SessionFrame } from './session-frame.tsx';

export function SignInPage() {
  const t = useT();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const to = wayBack(search);
  const { data: instance } = useInstance();
  const signIn = useSignIn();
  if (instance?.setupNeeded) return <Navigate to="/setup" replace />;
  const failed = signIn.isIdle ? signInErrorOf(search.get('error')) : undefined;
  const elsewhere = instance?.providers.filter(({ type }) => type === 'oidc') ?? [];
  const byMail = instance?.providers.some(({ type }) => type === 'email') ?? false;
  return (
    <SessionFrame
      title={t(sessionText.signInTitle)}
      help={to !== '/' && !failed && t(sessionText.sessionOver)}
      footer={
        instance &&
        (instance.signUpOpen ? (
          <>
            {t(sessionText.noAccount)}{' '}
            <Anchor component={Link} to={withWayBack('/sign-up', to)} inherit>
              {t(sessionText.makeAccount)}
            </Anchor>
          </>
        ) : (
          t(sessionText.invitationOnly)
        ))
      }
    >
      <Stack>
        {failed && (
          <Alert
            role="alert"
            color="red"
            variant="light"
            icon={<IconAlertTriangle />}
            title={t(failed.title)}
            data-testid="sign-in-error"
          >
            {t(failed.next)}
          </Alert>
        )}
        <SessionForm
          fields={['email', 'password']}
          focus="email"
          action={t(sessionText.signIn)}
          testId="sign-in"
          request={signIn}
          onSubmit={(values) =>
            signIn.mutate(values, {
              onSuccess: (answer) =>
                navigate(answer.secondFactorDue ? withWayBack('/sign-in/second-factor', to) : to),
            })
          }
        >
          <Text size="sm" ta="end" mt={-6}>
            <Anchor component={Link} to={withWayBack('/forgot-password', to)} inherit>
              {t(sessionText.forgotten)}
            </Anchor>
          </Text>
        </SessionForm>
        {(byMail || elsewhere.length > 0) && <Divider label={t(sessionText.or)} />}
        {byMail && (
          <Button
            component={Link}
            to={withWayBack('/sign-in/link', to)}
            variant="default"
            size="md"
            leftSection={<IconMail size={18} stroke={1.7} />}
            data-testid="mail-link"
          >
            {t(sessionText.mailLink)}
          </Button>
        )}
        <ProviderButtons providers={elsewhere} to={to} />
      </Stack>
    </SessionFrame>
  );
}
