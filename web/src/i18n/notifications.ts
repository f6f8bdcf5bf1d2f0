import { text } from '../../../contracts/text.ts';
import { counted } from './counted.ts';

export const notificationsText = {
  title: text('Notifications', 'Notificações'),
  unread: counted(['{count} not read', '{count} not read'], ['{count} não lida', '{count} não lidas']),
  readAll: text('Mark all as read', 'Marcar todas como lidas'),
  empty: text(
    'Nothing yet. Decisions asked of you, answers that came while you were away and runs of yours that failed show up here.',
    'Nada ainda. Decisões pedidas a você, respostas que chegaram na sua ausência e execuções suas que falharam aparecem aqui.',
  ),
  approval: text('To decide: {title}', 'A decidir: {title}'),
  answered: text('Answered: {title}', 'Respondida: {title}'),
  notAnswered: text('No answer: {title}', 'Sem resposta: {title}'),
  runFailed: text('“{name}” failed', '“{name}” falhou'),
};
