/** Signing in by a mailed link. */
import { Anchor } from '@mantine/core';
import { Link, useSearchParams } from 'react-router';
import { useMagicLink } from '../../api/session.ts';
import { useT } from '../../i18n/language.ts';
import { sessionText } from '../../i18n/session.ts';
import { wayBack, withWayBack } from '../../lib/way-back.ts';
import { CheckMail } from './check-mail.tsx';
import { SessionForm } from './session-form.tsx';
import { SessionFrame } from './session-frame.tsx';

export function MailLinkPage() {
  const t = useT();
  const to = wayBack(useSearchParams()[0]);
  const link = useMagicLink();
  if (link.isSuccess)
    return (
      <CheckMail
        text={t(sessionText.checkMailMaybe, { email: link.variables.email })}
        onAnother={() => link.reset()}
      />
    );
  return (
    <SessionFrame
      title={t(sessionText.mailLinkTitle)}
      help={t(sessionText.mailLinkHelp)}
      footer={
        <Anchor component={Link} to={withWayBack('/sign-in', to)} inherit>
          {t(sessionText.withPassword)}
        </Anchor>
      }
    >
      <SessionForm
        fields={['email']}
        focus="email"
        action={t(sessionText.sendLink)}
        testId="send-link"
        request={link}
        onSubmit={({ email }) => link.mutate({ email, to })}
      />
    </SessionFrame>
  );
}
