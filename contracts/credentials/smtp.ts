import { z } from 'zod';
import { field } from '../field.ts';
import { text } from '../text.ts';
import { defineCredentialType } from './credential-type.ts';
import { optionalSecret, plainText } from './fields.ts';

export const smtpCredential = defineCredentialType({
  type: 'smtp',
  icon: 'Mail',
  label: text('SMTP', 'SMTP'),
  description: text('A server that sends mail.', 'Um servidor que envia e-mail.'),
  values: z.object({
    host: plainText(text('Host', 'Host'), { placeholder: 'smtp.example.com', destination: true }),
    port: field(z.int().min(1).max(65_535).default(587), { label: text('Port', 'Porta'), destination: true }),
    tls: field(z.enum(['starttls', 'tls', 'off']).default('starttls'), {
      label: text('TLS', 'TLS'),
      // Without it, or with any certificate, who stands in between reads the password.
      destination: true,
      options: {
        starttls: text('STARTTLS (port 587)', 'STARTTLS (porta 587)'),
        tls: text('From the start (port 465)', 'Desde o início (porta 465)'),
        off: text('Off', 'Desligado'),
      },
    }),
    user: field(z.string().trim().max(2_000).default(''), { label: text('User', 'Usuário') }),
    password: optionalSecret(text('Password', 'Senha')),
  }),
  nodes: ['send-mail'],
  tester: 'smtp',
});
export type SmtpValues = z.output<typeof smtpCredential.values>;
