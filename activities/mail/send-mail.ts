/** The Send mail node: one mail for an item, by the SMTP server of a credential. */
import nodemailer from 'nodemailer';
import { type SendMailParameters, sendMail } from '../../contracts/catalogue/send-mail.ts';
import type { SmtpValues } from '../../contracts/credentials/smtp.ts';
import { type EffectInput, StepFailure } from '../../contracts/effect.ts';
import type { Guard } from '../../outbound/guard/index.ts';
import type { Effect, EffectSettings } from '../effect.ts';
import { networkFailure } from '../http/network-failure.ts';
import { addressesOf } from './addresses-of.ts';
import { attachmentsOf } from './attachments-of.ts';
import { mailFailure } from './mail-failure.ts';
import { messageIdOf } from './message-id-of.ts';

export function createSendMailEffect({
  guard,
  credentialValues,
}: Pick<EffectSettings, 'guard' | 'credentialValues'>): Effect {
  return {
    takesSecretVariables: true,
    async run(input, { signal, secrets, files }) {
      const parameters = sendMail.parameters.parse(input.parameters);
      const message = messageOf(parameters, input);
      const open = { context: input.context, id: parameters.credential, nodeType: sendMail.type, secrets };
      const smtp = (await credentialValues(open)) as unknown as SmtpValues;
      const attachments = await attachmentsOf(input.items[0], parameters.attachments, files, signal);
      const transport = await transportOf(smtp, guard, input.timeoutMs);
      const stop = () => transport.close();
      signal.addEventListener('abort', stop, { once: true });
      try {
        const sent = await transport.sendMail({ ...message, attachments });
        const { messageId, accepted, rejected, response } = sent;
        return {
          items: [{ json: { messageId, accepted: texts(accepted), rejected: texts(rejected), response } }],
        };
      } catch (error) {
        throw mailFailure(error, smtp.host);
      } finally {
        signal.removeEventListener('abort', stop);
        transport.close();
      }
    },
  };
}

function messageOf(parameters: SendMailParameters, { context }: EffectInput) {
  const { format, subject, text, html } = parameters;
  const [from] = addressesOf(parameters.from, 'from');
  if (!from) throw noAddress('from');
  const to = addressesOf(parameters.to, 'to');
  const cc = addressesOf(parameters.cc, 'cc');
  const bcc = addressesOf(parameters.bcc, 'bcc');
  if (to.length + cc.length + bcc.length === 0) throw noAddress('to');
  return {
    ...{ from, to, cc, bcc, subject },
    replyTo: addressesOf(parameters.replyTo, 'replyTo'),
    ...(format !== 'html' && { text }),
    ...(format !== 'text' && { html }),
    messageId: messageIdOf(context.idempotencyKey, from.address),
    // Text is text: a template must not read a file of the server, or call an address from within it.
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

async function transportOf({ host, port, tls, user, password }: SmtpValues, guard: Guard, timeoutMs: number) {
  const url = new URL(`smtp://${host.includes(':') ? `[${host}]` : host}:${port}`);
  const [{ address }] = await guard.resolve(host, port).catch((error: unknown) => {
    throw networkFailure(error, { url, method: 'POST' });
  });
  return nodemailer.createTransport({
    ...{
      host: address,
      port,
      secure: tls === 'tls',
      requireTLS: tls === 'starttls',
      ignoreTLS: tls === 'off',
    },
    // The certificate is the name's, though the connection goes to the address that was checked.
    tls: { servername: host },
    ...(user !== '' && { auth: { user, pass: password } }),
    ...{ connectionTimeout: Math.min(timeoutMs, 30_000), greetingTimeout: 30_000, socketTimeout: timeoutMs },
  });
}

function texts(list: readonly (string | { address: string })[] | undefined): string[] {
  return (list ?? []).map((entry) => (typeof entry === 'string' ? entry : entry.address));
}

function noAddress(field: string): StepFailure {
  return new StepFailure({
    code: 'no-address',
    message: `The mail has no ${field === 'from' ? 'sender' : 'recipient'}.`,
    hint: 'Look at the preview of the field: an expression may have come out empty.',
  });
}
