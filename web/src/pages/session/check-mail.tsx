/** "Check your mail", and what to do when nothing comes. */
import { Alert, Anchor, Stack, Text } from '@mantine/core';
import { IconInfoCircle, IconMailCheck } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useInstance } from '../../api/session.ts';
import { useT } from '../../i18n/language.ts';
import { sessionText } from '../../i18n/session.ts';
import { SessionFrame } from './session-frame.tsx';

export interface CheckMailProps {
  /** What was sent to whom. */
  text: string;
  onAnother?(): void;
}

export function CheckMail({ text, onAnother }: CheckMailProps) {
  const t = useT();
  return (
    <SessionFrame
      title={t(sessionText.checkMailTitle)}
      footer={
        <Anchor component={Link} to="/sign-in" inherit>
          {t(sessionText.backToSignIn)}
        </Anchor>
      }
    >
      <Stack data-testid="check-mail" role="status">
        <IconMailCheck size={36} stroke={1.4} color="var(--mantine-primary-color-filled)" aria-hidden />
        <Text>{text}</Text>
        <LocalMail />
        <SpamHint />
        {onAnother && (
          <Anchor component="button" type="button" size="sm" ta="start" onClick={onAnother}>
            {t(sessionText.anotherAddress)}
          </Anchor>
        )}
      </Stack>
    </SessionFrame>
  );
}

/** Where no mail leaves, none is in the spam. */
function SpamHint() {
  const t = useT();
  if (useInstance().data?.keepsMail) return null;
  return (
    <Text size="sm" c="dimmed">
      {t(sessionText.checkMailSpam)}
    </Text>
  );
}

/** Where the mail of an instance without a mail server is. Nothing where there is one. */
export function LocalMail() {
  const t = useT();
  const keepsMail = useInstance().data?.keepsMail;
  if (!keepsMail) return null;
  return (
    <Alert color="blue" variant="light" icon={<IconInfoCircle />}>
      {t(sessionText.localMail)}
    </Alert>
  );
}
