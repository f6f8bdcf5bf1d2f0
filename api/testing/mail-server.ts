/** A real SMTP server on a free loopback port, and what it took. */
import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { eventually } from './eventually.ts';

export interface MailServer {
  /** For SMTP_URL. */
  url: string;
  mails: ParsedMail[];
  /** The newest mail to this address, once there is one; it is taken away. */
  mailTo(address: string): Promise<ParsedMail>;
  close(): Promise<void>;
}

export async function startMailServer(): Promise<MailServer> {
  const mails: ParsedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      simpleParser(stream).then(
        (mail) => {
          mails.push(mail);
          done();
        },
        (error: Error) => done(error),
      );
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    async mailTo(address) {
      const at = await eventually(
        async () => mails.findLastIndex(({ to }) => [to ?? []].flat().some(({ text }) => text === address)),
        (index) => index >= 0,
      );
      return mails.splice(at, 1)[0]!;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** The address behind the button of a mail. */
/** Where the button of the page leads that a magic link opens. */
export function behindButton(link: string): string {
  const { origin, hash } = new URL(link);
  return `${origin}/auth/callback/magic-link?${hash.slice(1)}`;
}

export function linkIn({ text = '' }: ParsedMail): string {
  const [link] = /https?:\/\/\S+/.exec(text) ?? [];
  if (!link) throw new Error(`No link in: ${text}`);
  return link;
}
