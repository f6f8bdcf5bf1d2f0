/** Says how the consent at a service went. False: the address speaks of none. */
import { notifyDone, notifyError } from '../../../components/error-notice.tsx';
import { credentialsText } from '../../../i18n/credentials.ts';
import { t } from '../../../i18n/language.ts';

export function tellConsent(address: URLSearchParams): boolean {
  const failure = address.get('connect-error');
  if (failure !== null) {
    notifyError(new Error(t(credentialsText.connectFailed, { reason: failure.slice(0, 300) })));
    return true;
  }
  if (!address.has('connected')) return false;
  notifyDone(t(credentialsText.connectedDone));
  return true;
}
