import type { ImapValues } from '../../contracts/credentials/imap.ts';
import type { Guard } from '../guard/index.ts';
import { openImap } from '../imap/open-imap.ts';
import { failed, limits, type ProbeOutcome, passed } from './outcome.ts';

/** Connects and signs in; opens no mailbox. */
export async function probeImap(guard: Pick<Guard, 'resolve'>, values: ImapValues): Promise<ProbeOutcome> {
  try {
    (await openImap(guard, values, limits.timeoutMs)).close();
    return passed('It works: the mail server let us in.', 'Funciona: o servidor de e-mail aceitou.');
  } catch (error) {
    if (!(error as { authenticationFailed?: boolean }).authenticationFailed) throw error;
    return failed(
      'The mail server refused user or password. Many providers want an app password here.',
      'O servidor de e-mail recusou usuário ou senha. Muitos provedores exigem uma senha de aplicativo.',
    );
  }
}
