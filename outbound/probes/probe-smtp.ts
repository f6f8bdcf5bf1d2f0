import nodemailer from 'nodemailer';
import type { SmtpValues } from '../../contracts/credentials/smtp.ts';
import type { Guard } from '../guard/index.ts';
import { limits, type ProbeOutcome, passed } from './outcome.ts';

/** Connects and signs in; sends nothing. */
export async function probeSmtp(
  guard: Pick<Guard, 'resolve'>,
  { host, port, tls, user, password }: SmtpValues,
): Promise<ProbeOutcome> {
  const [{ address }] = await guard.resolve(host, port);
  const transport = nodemailer.createTransport({
    ...{
      host: address,
      port,
      secure: tls === 'tls',
      requireTLS: tls === 'starttls',
      ignoreTLS: tls === 'off',
    },
    tls: { servername: host },
    ...(user !== '' && { auth: { user, pass: password } }),
    ...{
      connectionTimeout: limits.timeoutMs,
      greetingTimeout: limits.timeoutMs,
      socketTimeout: limits.timeoutMs,
    },
  });
  try {
    await transport.verify();
    return passed('It works: the mail server let us in.', 'Funciona: o servidor de e-mail aceitou.');
  } finally {
    transport.close();
  }
}
