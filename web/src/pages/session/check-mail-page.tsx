/** Where Auth.js sends a browser after it has mailed a link. */
import { useT } from '../../i18n/language.ts';
import { sessionText } from '../../i18n/session.ts';
import { CheckMail } from './check-mail.tsx';

export function CheckMailPage() {
  const t = useT();
  return <CheckMail text={t(sessionText.checkMail)} />;
}
