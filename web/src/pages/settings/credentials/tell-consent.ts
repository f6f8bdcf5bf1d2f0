/** Says how the consent at a service went, of which the API tells in the address. False: the address speaks of none. */
import type { Text } from '../../../../../contracts/text.ts';
import { ProblemError } from '../../../api/problem-error.ts';
import { notifyDone, notifyError } from '../../../components/error-notice.tsx';
import { credentialsText } from '../../../i18n/credentials.ts';
import { t } from '../../../i18n/language.ts';

const reasons: Record<string, Text> = {
  denied: credentialsText.connectDenied,
  expired: credentialsText.connectExpired,
  foreign: credentialsText.connectForeign,
  refused: credentialsText.connectRefused,
};

export function tellConsent(address: URLSearchParams): boolean {
  const reason = address.get('connect-error');
  if (reason !== null) {
    notifyError(
      new ProblemError({
        status: 400,
        code: 'not-connected',
        title: t(credentialsText.connectFailed),
        detail: t(reasons[reason] ?? credentialsText.connectRefused),
      }),
    );
    return true;
  }
  if (!address.has('connected')) return false;
  notifyDone(t(credentialsText.connectedDone));
  return true;
}
