/** A signed-in connection to a user's IMAP server, by the guard: it goes to an address that was checked, its certificate is the name's. */
import type { ImapFlow } from 'imapflow';
import type { ImapValues } from '../../contracts/credentials/imap.ts';
import type { Guard } from '../guard/index.ts';

/** Milliseconds until a server that says nothing counts as away. */
const patience = 30_000;

/** @throws BlockedAddress; what the resolver, the socket or ImapFlow throws. Close it with `close`, which needs no answer */
export async function openImap(
  guard: Pick<Guard, 'resolve'>,
  { host, port, tls, user, password, accessToken }: ImapValues,
  timeoutMs = patience,
): Promise<ImapFlow> {
  const [{ address }] = await guard.resolve(host, port);
  const imapflow = await import('imapflow'); // 20 MB, for those who use it
  const client = new imapflow.ImapFlow({
    ...{ host: address, servername: host, port, secure: tls === 'tls', doSTARTTLS: tls === 'starttls' },
    auth: { user, ...(accessToken ? { accessToken } : { pass: password ?? '' }) },
    logger: false,
    disableAutoIdle: true,
    ...{ connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs * 2 },
  });
  // What breaks rejects the command under way; an event that nobody hears would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    client.close();
    throw error;
  }
}
