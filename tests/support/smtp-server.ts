/** A mail server that keeps what it is given, read by a real parser. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { eventually } from './hiviex-api.ts';

export interface ReceivedMail {
  /** Of the envelope: who really gets it. */
  to: string[];
  subject: string;
  text: string;
  /** Every address in the text, in its order. */
  links: string[];
}

export interface MailServer {
  /** For SMTP_URL. */
  url: string;
  mails: readonly ReceivedMail[];
  /** The first mail to this address whose subject matches, as soon as there is one. It is taken away: the next call waits for the next. */
  take(to: string, subject: RegExp): Promise<ReceivedMail>;
  close(): Promise<void>;
}

export async function startMailServer(): Promise<MailServer> {
  const mails: ReceivedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'], // its certificate is nobody's
    onData(stream, { envelope }, done) {
      simpleParser(stream).then(({ subject = '', text = '' }) => {
        const to = envelope.rcptTo.map(({ address }) => address);
        mails.push({ to, subject, text, links: text.match(/https?:\/\/\S+/g) ?? [] });
        done();
      }, done);
    },
  });
  server.on('error', () => undefined); // a sender that was killed in the middle of a mail
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');

  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    mails,
    async take(to, subject) {
      const find = () => mails.findIndex((mail) => mail.to.includes(to) && subject.test(mail.subject));
      const position = await eventually(
        async () => find(),
        (found) => found >= 0,
      );
      return mails.splice(position, 1)[0]!;
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
