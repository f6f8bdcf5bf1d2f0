import { z } from 'zod';
import { field } from '../field.ts';
import { text } from '../text.ts';
import { defineCredentialType } from './credential-type.ts';
import { optionalSecret, plainText } from './fields.ts';

export const imapCredential = defineCredentialType({
  type: 'imap',
  icon: 'Inbox',
  label: text('IMAP', 'IMAP'),
  description: text('A mailbox that is read.', 'Uma caixa de correio que é lida.'),
  values: z.object({
    host: plainText(text('Host', 'Host'), { placeholder: 'imap.example.com', destination: true }),
    port: field(z.int().min(1).max(65_535).default(993), { label: text('Port', 'Porta'), destination: true }),
    tls: field(z.enum(['tls', 'starttls', 'off']).default('tls'), {
      label: text('TLS', 'TLS'),
      // Without it, or with any certificate, who stands in between reads the password.
      destination: true,
      options: {
        tls: text('From the start (port 993)', 'Desde o início (porta 993)'),
        starttls: text('STARTTLS (port 143)', 'STARTTLS (porta 143)'),
        off: text('Off', 'Desligado'),
      },
    }),
    user: plainText(text('User', 'Usuário'), { placeholder: 'invoices@example.com' }),
    password: optionalSecret(text('Password', 'Senha')),
    accessToken: optionalSecret(
      text('OAuth access token, in place of a password', 'Token OAuth, em vez de senha'),
    ),
  }),
  nodes: ['imap-trigger'],
  tester: 'imap',
});
export type ImapValues = z.output<typeof imapCredential.values>;
