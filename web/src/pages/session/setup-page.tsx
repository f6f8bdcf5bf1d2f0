/** The first visitor makes the owner and a workspace, with the one-time token from the console. */
import { Alert, Button } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { useInstance, useSetup } from '../../api/session.ts';
import { useT } from '../../i18n/language.ts';
import { sessionText } from '../../i18n/session.ts';
import { SessionForm } from './session-form.tsx';
import { SessionFrame } from './session-frame.tsx';

export function SetupPage() {
  const t = useT();
  const navigate = useNavigate();
  const token = useSearchParams()[0].get('token') ?? '';
  const { data: instance } = useInstance();
  const setup = useSetup();
  if (instance && !instance.setupNeeded && setup.isIdle)
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
      <SessionForm
        fields={['workspace', 'email', 'newPassword']}
        initial={{ workspace: t(sessionText.workspaceDefault) }}
        focus="email"
        action={t(sessionText.setupAction)}
        testId="set-up"
        request={setup}
        onSubmit={({ workspace, email, newPassword: password }) =>
          setup.mutate({ token, workspace, email, password }, { onSuccess: () => navigate('/') })
        }
      />
    </SessionFrame>
  );
}
