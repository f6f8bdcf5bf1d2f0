import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Navigate, useNavigate, useSearchParams } from 'react-router';
import { useInstance, useSignIn } from '../../api/session.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useT } from '../../i18n/language.ts';
import { sessionText } from '../../i18n/session.ts';
import { SessionFrame } from './session-frame.tsx';

export function SignInPage() {
  const t = useT();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const { data: instance } = useInstance();
  const signIn = useSignIn();
  const form = useForm({
    initialValues: { email: '', password: '' },
    validate: {
      email: (email) => (/.+@.+/.test(email) ? null : t(sessionText.emailWrong)),
      password: (password) => (password ? null : t(sessionText.required)),
    },
  });
  if (instance?.setupNeeded) return <Navigate to="/setup" replace />;
  return (
    <SessionFrame title={t(sessionText.signInTitle)}>
      <form
        onSubmit={form.onSubmit((values) =>
          signIn.mutate(values, { onSuccess: () => navigate(backTo(search.get('to'))) }),
        )}
      >
        <Stack>
          {signIn.error && <ErrorNotice error={signIn.error} />}
          <TextInput
            type="email"
            label={t(sessionText.email)}
            autoComplete="username"
            autoFocus
            data-testid="email"
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label={t(sessionText.password)}
            autoComplete="current-password"
            data-testid="password"
            {...form.getInputProps('password')}
          />
          <Button type="submit" size="md" mt="xs" loading={signIn.isPending} data-testid="sign-in">
            {t(sessionText.signIn)}
          </Button>
        </Stack>
      </form>
    </SessionFrame>
  );
}

/** Only addresses of this app: a link from outside must not send a person elsewhere after signing in. */
function backTo(address: string | null): string {
  return address && /^\/(?![/\\])/.test(address) ? address : '/';
}
