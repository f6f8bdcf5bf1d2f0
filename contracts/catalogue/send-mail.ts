import { z } from 'zod';
import { dynamicText } from '../expression.ts';
import { field } from '../field.ts';
import { defineNodeType } from '../node-type.ts';
import { oneMain } from '../ports.ts';
import { text } from '../text.ts';
import { credentialField, credentialMissing } from './shared-fields.ts';

export const sendMail = defineNodeType({
  type: 'send-mail',
  version: 1,
  role: 'effect',
  group: 'actions',
  icon: 'Send',
  label: text('Send mail', 'Enviar e-mail'),
  description: text('Sends a mail by SMTP, once per item.', 'Envia um e-mail por SMTP, uma vez por item.'),
  keywords: ['email', 'smtp', 'message', 'notify', 'mensagem', 'avisar', 'e-mail'],
  parameters: z.object({
    credential: credentialField(),
    from: field(dynamicText().default(''), {
      label: text('From', 'De'),
      placeholder: 'Shop <orders@example.com>',
    }),
    to: field(dynamicText().default(''), {
      label: text('To', 'Para'),
      placeholder: 'ana@example.com, Zé <ze@example.com>',
      help: text('Several are separated by commas.', 'Vários são separados por vírgulas.'),
    }),
    subject: field(dynamicText().default(''), { label: text('Subject', 'Assunto') }),
    format: field(z.enum(['text', 'html', 'both']).default('html'), {
      label: text('Format', 'Formato'),
      options: {
        text: text('Text', 'Texto'),
        html: text('HTML', 'HTML'),
        both: text('HTML, and text for those who prefer it', 'HTML, e texto para quem preferir'),
      },
    }),
    text: field(dynamicText().default(''), {
      label: text('Text', 'Texto'),
      control: 'multiline',
      showWhen: { format: ['text', 'both'] },
    }),
    html: field(dynamicText().default(''), {
      label: text('HTML', 'HTML'),
      control: 'multiline',
      showWhen: { format: ['html', 'both'] },
    }),
    cc: field(dynamicText().default(''), { label: text('Copy (cc)', 'Cópia (cc)') }),
    bcc: field(dynamicText().default(''), { label: text('Blind copy (bcc)', 'Cópia oculta (bcc)') }),
    replyTo: field(dynamicText().default(''), { label: text('Reply to', 'Responder para') }),
    attachments: field(dynamicText().default(''), {
      label: text('Attachments', 'Anexos'),
      help: text(
        'Names of files of the item, separated by commas; * for all of them.',
        'Nomes de arquivos do item, separados por vírgulas; * para todos.',
      ),
      placeholder: 'data',
    }),
    concurrency: field(z.int().min(1).max(20).default(5), {
      label: text('Mails at a time', 'E-mails ao mesmo tempo'),
    }),
  }),
  inputs: oneMain,
  outputs: oneMain,
  check: ({ credential, from, to, cc, bcc }) => [
    ...credentialMissing(credential),
    ...(from === '' ? [{ path: ['from'], message: text('Give a sender.', 'Informe um remetente.') }] : []),
    ...(to === '' && cc === '' && bcc === ''
      ? [{ path: ['to'], message: text('Give a recipient.', 'Informe um destinatário.') }]
      : []),
  ],
});
export type SendMailParameters = z.output<typeof sendMail.parameters>;
