import { z } from 'zod';
import { field } from '../field.ts';
import { defineNodeType } from '../node-type.ts';
import { none, oneMain } from '../ports.ts';
import { text } from '../text.ts';
import { askEvery } from './clock-fields.ts';
import { credentialField, credentialMissing } from './shared-fields.ts';

export const imapTrigger = defineNodeType({
  type: 'imap-trigger',
  version: 1,
  role: 'trigger',
  group: 'triggers',
  icon: 'Inbox',
  label: text('Mailbox (IMAP)', 'Caixa de correio (IMAP)'),
  description: text(
    'Looks into a mailbox again and again and starts a run for new mail.',
    'Consulta uma caixa de correio repetidas vezes e inicia uma execução para os e-mails novos.',
  ),
  keywords: ['email', 'imap', 'inbox', 'gmail', 'outlook', 'attachment', 'caixa de entrada', 'anexo'],
  parameters: z.object({
    credential: credentialField(),
    ...askEvery,
    mailbox: field(z.string().trim().min(1, 'A mailbox needs a name.').max(500).default('INBOX'), {
      label: text('Mailbox', 'Caixa'),
      help: text(
        'As the server names it, such as INBOX or Work/Invoices.',
        'Como o servidor a chama, como INBOX ou Trabalho/Notas.',
      ),
      placeholder: 'INBOX',
      fixed: true,
    }),
    take: field(z.enum(['all', 'unread']).default('all'), {
      label: text('Take', 'Pegar'),
      options: {
        all: text('all new mail', 'todos os e-mails novos'),
        unread: text('new mail that is unread', 'e-mails novos não lidos'),
      },
    }),
    afterwards: field(z.enum(['nothing', 'seen', 'move']).default('nothing'), {
      label: text('Once its run is started', 'Depois que a execução inicia'),
      options: {
        nothing: text('leave it as it is', 'deixar como está'),
        seen: text('mark it as read', 'marcar como lido'),
        move: text('move it', 'mover'),
      },
    }),
    moveTo: field(z.string().trim().max(500).default(''), {
      label: text('To the mailbox', 'Para a caixa'),
      placeholder: 'Archive',
      fixed: true,
      showWhen: { afterwards: ['move'] },
    }),
  }),
  inputs: none,
  outputs: oneMain,
  listens: (_, node) => [{ kind: 'poll', key: node }],
  check: ({ credential, afterwards, moveTo }) => [
    ...credentialMissing(credential),
    ...(afterwards === 'move' && moveTo === ''
      ? [
          {
            path: ['moveTo'],
            message: text('Name the mailbox to move mail to.', 'Informe a caixa de destino.'),
          },
        ]
      : []),
  ],
});
