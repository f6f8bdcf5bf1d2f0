/**
 * Where a mailed link to sign in leads. It works once, so it takes a click: programs that open the links of a mail to look for
 * viruses come this far and no further.
 */
import { Anchor, Button } from '@mantine/core';
import { Link, useLocation } from 'react-router';
import { useT } from '../../i18n/language.ts';
import { sessionText } from '../../i18n/session.ts';
import { magicLink } from '../../lib/magic-link.ts';
import { SessionFrame } from './session-frame.tsx';

export function OpenLinkPage() {
  const t = useT();
  const link = magicLink(useLocation().hash);
  const another = (
    <Anchor component={Link} to="/sign-in/link" inherit>
      {t(sessionText.newLink)}
    </Anchor>
  );
  if (!link)
    return (
      <SessionFrame
        title={t(sessionText.linkIncomplete)}
        help={t(sessionText.linkIncompleteHelp)}
        footer={another}
      />
    );
  return (
    <SessionFrame
      title={t(sessionText.openLinkTitle)}
      help={t(sessionText.openLinkHelp, { email: link.email })}
      footer={another}
    >
      <Button component="a" href={link.callback} size="md" fullWidth autoFocus data-testid="open-link">
        {t(sessionText.signIn)}
      </Button>
    </SessionFrame>
  );
}
