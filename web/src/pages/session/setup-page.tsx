import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconInfoCircle } from '@tabler/icons-react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { useInstance, useSetup } from '../../api/session.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useT } from '../../i18n/language.ts';
import { sessionText } from '../../i18n/session.ts';
import { SessionFrame } from './session-frame.tsx';

export function SetupPage() {
  const t = useT();
  const navigate = useNavigate();
  const token = useSearchParams()[0].get('token') ?? '';
  const { data: instance } = useInstance();
  const setup = useSetup();
  const form = useForm({
    initialValues: { workspace: t(sessionText.workspaceDefault), email: '', password: '' },
    validate: {
      workspace: (name) => (name.trim() ? null : t(sessionText.required)),
      email: (email) => (/.+@.+/.test(email) ? null : t(sessionText.emailWrong)),
      password: (password) => (password.length >= 10 ? null : t(sessionText.passwordHelp)),
    },
  });
  if (instance && !instance.setupNeeded && !setup.isSuccess)
    return (
      <SessionFrame title={t(sessionText.setupTitle)} help={t(sessionText.setupDone)}>
        <Button component={Link} to="/sign-in">
          {t(sessionText.signIn)}
        </Button>
      </SessionFrame>
    );
  if (!token)
    return (
      <SessionFrame title={t(sessionText.setupTitle)}>
        <Alert color="yellow" icon={<IconInfoCircle />}>
          {t(sessionText.setupNoToken)}
        </Alert>
      </SessionFrame>
    );
  return (
    <SessionFrame title={t(sessionText.setupTitle)} help={t(sessionText.setupHelp)}>
      <form
        onSubmit={form.onSubmit((values) =>
          setup.mutate({ token, ...values }, { onSuccess: () => navigate('/') }),
        )}
      >
        <Stack>
          {setup.error && <ErrorNotice error={setup.error} />}
          <TextInput
            label={t(sessionText.workspace)}
            data-testid="workspace"
            {...form.getInputProps('workspace')}
          />
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
            description={t(sessionText.passwordHelp)}
            autoComplete="new-password"
            data-testid="password"
            {...form.getInputProps('password')}
          />
          <Button type="submit" size="md" mt="xs" loading={setup.isPending} data-testid="set-up">
            {t(sessionText.setupAction)}
          </Button>
        </Stack>
      </form>
    </SessionFrame>
  );
}
