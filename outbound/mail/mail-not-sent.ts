/** A mail that did not leave. */
import { type Text, text } from '../../contracts/text.ts';

export class MailNotSent extends Error {
  readonly code = 'mail-not-sent';
  /** Whether trying again can help: not when the server refused the recipient or the message for good (5xx). */
  readonly retryable: boolean;
  readonly says: Text = text('The mail could not be sent.', 'Não foi possível enviar o e-mail.');
  readonly hint: Text = text(
    'Check the address and try again. If it stays, the operator finds the cause in the log and the server in SMTP_URL.',
    'Confira o endereço e tente de novo. Se continuar, o operador encontra a causa no log e o servidor em SMTP_URL.',
  );

  /** @param cause Of nodemailer; for the log, it may name the server and the recipient. */
  constructor(cause: { responseCode?: number | undefined }) {
    super('The mail could not be sent.', { cause });
    this.name = 'MailNotSent';
    this.retryable = !((cause.responseCode ?? 0) >= 500);
  }
}
