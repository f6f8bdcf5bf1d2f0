/**
 * Mail: over SMTP when SMTP_URL is set, else kept in the data folder, where the owners of the workspace read it.
 *
 *     const mailer = createMailer(config);
 *     await mailer.send({ to: 'ana@example.com', subject, ...renderMail({ language: 'pt', title, lines, action }) });
 *     await mailer.close();
 */
import { join } from 'node:path';
import nodemailer from 'nodemailer';
import addressparser from 'nodemailer/lib/addressparser/index.js';
import { z } from 'zod';
import type { Config } from '../../contracts/config.ts';
import type { MailMessage } from './mail-message.ts';
import { MailNotSent } from './mail-not-sent.ts';
import { oneLine } from './one-line.ts';
import { createOutbox, type Outbox } from './outbox.ts';

export type { MailMessage } from './mail-message.ts';
export { MailNotSent } from './mail-not-sent.ts';
export type { KeptMail, Outbox } from './outbox.ts';
export { type MailContent, renderMail } from './render-mail.ts';

export interface Mailer {
  /**
   * Resolves when the server has taken it, or it is kept.
   * @throws MailNotSent; Error for a `to` that is not one address, which the caller should have checked.
   */
  send(message: MailMessage): Promise<void>;
  /** The mails that were kept; undefined when they are really sent. */
  outbox: Outbox | undefined;
  close(): Promise<void>;
}

export type MailSettings = Pick<Config, 'SMTP_URL' | 'MAIL_FROM' | 'HIVIEX_DATA_DIR'>;

/** Of nodemailer, which waits for up to ten minutes otherwise. Milliseconds. Each can be set in the query of SMTP_URL. */
const smtpDefaults = {
  pool: 'true',
  maxConnections: '3',
  connectionTimeout: '10000',
  greetingTimeout: '10000',
  socketTimeout: '30000',
  dnsTimeout: '10000',
};

/** No content of a mail is ever a file or an address to be fetched, whatever gets into it. */
const nothingFromOutside = { disableFileAccess: true, disableUrlAccess: true };

/** @throws Error naming MAIL_FROM when that is not one address. */
export function createMailer(config: MailSettings): Mailer {
  const from = senderOf(config.MAIL_FROM);
  const headers = { 'Auto-Submitted': 'auto-generated' }; // holiday notices do not answer it
  const compose = ({ to, subject, text, html }: MailMessage) => ({
    ...{ from, subject: oneLine(subject), text, html, headers, ...nothingFromOutside },
    // As an object: text would be read as a list of addresses.
    to: { name: '', address: oneAddress(to) },
  });

  if (config.SMTP_URL) {
    const transport = nodemailer.createTransport(withDefaults(config.SMTP_URL));
    return {
      async send(message) {
        const mail = compose(message);
        await transport.sendMail(mail).catch((error: { responseCode?: number }) => {
          throw new MailNotSent(error);
        });
      },
      outbox: undefined,
      close: async () => transport.close(),
    };
  }

  const transport = nodemailer.createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  const outbox = createOutbox(join(config.HIVIEX_DATA_DIR, 'mail'));
  return {
    async send(message) {
      const { message: eml } = await transport.sendMail(compose(message));
      await outbox.keep({ ...message, subject: oneLine(message.subject) }, eml as Buffer);
    },
    outbox,
    close: async () => transport.close(),
  };
}

function withDefaults(smtpUrl: string): string {
  const url = new URL(smtpUrl);
  for (const [name, value] of Object.entries(smtpDefaults))
    if (!url.searchParams.has(name)) url.searchParams.set(name, value);
  return url.href;
}

function senderOf(text: string): { name: string; address: string } {
  const [sender, ...more] = addressparser(text, { flatten: true });
  if (!sender || more.length > 0 || !/^[^\s@<>]+@[^\s@<>]+$/.test(sender.address))
    throw new Error('MAIL_FROM: is not one address, as in Hiviex <no-reply@example.com>.');
  return sender;
}

function oneAddress(to: string): string {
  const parsed = z.email().safeParse(to);
  if (!parsed.success) throw new Error('A mail needs exactly one e-mail address to go to.');
  return parsed.data;
}
