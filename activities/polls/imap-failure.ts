/** Says in a builder's words why a mailbox could not be read. */
import { StepFailure } from '../../contracts/effect.ts';
import { OutboundError } from '../../outbound/guard/index.ts';
import { StorageError } from '../../storage/index.ts';

interface ImapError {
  code?: string;
  message?: string;
  responseText?: string;
  authenticationFailed?: boolean;
}

/** @returns the failure; what is not of IMAP as it is */
export function imapFailure(error: unknown, host: string): unknown {
  if (error instanceof StepFailure) return error;
  if (error instanceof StorageError)
    return new StepFailure({
      code: 'attachment-not-kept',
      message: `An attachment could not be kept: ${error.message}`,
      hint: 'The mail is taken as soon as the store of files takes its attachments.',
    });
  if (error instanceof OutboundError)
    return new StepFailure({ code: error.code, message: error.says.en, hint: error.hint.en });
  const { code = '', message = '', responseText, authenticationFailed } = error as ImapError;
  const said = (responseText || message || code).replace(/\s+/g, ' ').slice(0, 300);
  if (authenticationFailed)
    return new StepFailure({
      code: 'mail-sign-in-refused',
      message: `${host} refused the sign-in: ${said}`,
      hint: 'Check user and password of the credential. Many providers want an app password here, and IMAP turned on in the settings.',
    });
  return new StepFailure(
    {
      code: 'mail-server-unreachable',
      message: `${host} could not be reached, or broke off: ${said}`,
      hint: 'Check host, port and TLS in the credential: 993 goes with TLS from the start, 143 with STARTTLS.',
    },
    { retryable: true },
  );
}

export function noMailbox(mailbox: string, host: string): StepFailure {
  return new StepFailure({
    code: 'mailbox-not-found',
    message: `${host} has no mailbox "${mailbox}" that this user may open.`,
    hint: 'Write its name as the server does, with the names of the mailboxes that it is in: Work/Invoices.',
  });
}
