/** Sends the person to the service that they are to agree at. It sends them back to the credentials page. */
import { useConnectCredential } from '../../../api/credentials.ts';
import { notifyError } from '../../../components/error-notice.tsx';

export function useConnect() {
  const connect = useConnectCredential();
  return {
    isPending: connect.isPending,
    start: (credential: string) =>
      connect.mutate(credential, {
        onError: notifyError,
        onSuccess: ({ url }) => window.location.assign(url),
      }),
  };
}
