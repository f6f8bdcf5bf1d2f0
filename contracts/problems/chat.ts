/** Conversations. */
import { text } from '../text.ts';
import type { ProblemKind } from './problem-kind.ts';

export const chatProblems = {
  'conversation-busy': {
    status: 409,
    title: text(
      'An answer is being given in this conversation.',
      'Uma resposta está em andamento nesta conversa.',
    ),
    next: text('Wait for it or stop it, then send again.', 'Aguarde ou pare a resposta e envie de novo.'),
  },
  'message-empty': {
    status: 422,
    title: text('There is nothing in this message.', 'Esta mensagem está vazia.'),
    next: text('Write something, or attach a file.', 'Escreva algo ou anexe um arquivo.'),
  },
  'message-elsewhere': {
    status: 409,
    title: text(
      'Another message has this id, or the message before it is gone.',
      'Outra mensagem já tem este id, ou a mensagem anterior não existe mais.',
    ),
    next: text('Load the conversation again, then send anew.', 'Recarregue a conversa e envie de novo.'),
  },
  'link-gone': {
    status: 410,
    title: text('This link shows nothing any more.', 'Este link não mostra mais nada.'),
    next: text('Ask who gave it to you for a new one.', 'Peça um novo a quem o enviou.'),
  },
  'conversation-not-yours': {
    status: 403,
    title: text('Somebody else began this conversation.', 'Outra pessoa iniciou esta conversa.'),
    next: text(
      'Only they can do this; begin one of your own.',
      'Só ela pode fazer isso; inicie uma conversa sua.',
    ),
  },
  'answerer-not-shared': {
    status: 403,
    title: text('You may not use who answers here.', 'Você não pode usar quem responde aqui.'),
    next: text(
      'Ask whoever manages it to share it with you.',
      'Peça a quem o gerencia que o compartilhe com você.',
    ),
  },
  'answerer-gone': {
    status: 409,
    title: text(
      'Who answered here is gone or not published.',
      'Quem respondia aqui não existe mais ou não está publicado.',
    ),
    next: text(
      'Publish it again, or begin another conversation.',
      'Publique de novo ou inicie outra conversa.',
    ),
  },
} as const satisfies Record<string, ProblemKind>;
