import { z } from 'zod';
import { field } from '../field.ts';
import { defineNodeType } from '../node-type.ts';
import { none, oneMain } from '../ports.ts';
import { text } from '../text.ts';

/** Characters of an address that nobody guesses. */
const secretLength = 16;

export const mailTrigger = defineNodeType({
  type: 'mail-trigger',
  version: 1,
  role: 'trigger',
  group: 'triggers',
  icon: 'Mail',
  label: text('Mail received', 'E-mail recebido'),
  description: text(
    'Starts a run for each mail that a mail service hands over.',
    'Inicia uma execução para cada e-mail que um serviço de e-mail entrega.',
  ),
  keywords: ['email', 'inbound', 'postmark', 'mailgun', 'sendgrid', 'mime', 'inbox', 'caixa de entrada'],
  parameters: z.object({
    address: field(
      z
        .string({ error: 'Mail needs an address.' })
        .regex(/^[a-z0-9][a-z0-9_-]{2,99}$/, 'Use 3 to 100 small letters, digits, - and _.'),
      {
        label: text('Address key', 'Chave do endereço'),
        help: text(
          'The address is /hooks/mail/ and this key; it takes raw MIME, and the raw forms of Postmark, Mailgun and SendGrid. Who knows it can start runs.',
          'O endereço é /hooks/mail/ e esta chave; ele recebe MIME puro, e as formas puras do Postmark, Mailgun e SendGrid. Quem o conhece pode iniciar execuções.',
        ),
        placeholder: 'invoices-8f3k2m9x7q4t',
        fixed: true,
      },
    ),
    keyVariable: field(z.string().max(64).default(''), {
      label: text('Secret variable with a password', 'Variável secreta com uma senha'),
      help: text(
        'Optional. The service gives it as the password of the address (https://hiviex:password@…) or as ?key=.',
        'Opcional. O serviço a informa como senha do endereço (https://hiviex:senha@…) ou como ?key=.',
      ),
      placeholder: 'MAIL_PASSWORD',
      fixed: true,
    }),
  }),
  check: ({ address, keyVariable }) =>
    keyVariable !== '' || address.length >= secretLength
      ? []
      : [
          {
            path: ['address'],
            message: text(
              `Without a password, the key has to be one that nobody guesses: ${secretLength} characters or more.`,
              `Sem senha, a chave precisa ser impossível de adivinhar: ${secretLength} caracteres ou mais.`,
            ),
          },
        ],
  inputs: none,
  outputs: oneMain,
  listens: ({ address }) => [{ kind: 'mail', key: address }],
});
