import type { GrantLevel } from '../../../contracts/access/roles.ts';
import { type Text, text } from '../../../contracts/text.ts';
import { counted } from './counted.ts';

export const notificationsText = {
  title: text('Notifications', 'Notificações'),
  unread: counted(['{count} not read', '{count} not read'], ['{count} não lida', '{count} não lidas']),
  readAll: text('Mark all as read', 'Marcar todas como lidas'),
  empty: text(
    'Nothing yet. Decisions asked of you, answers that came while you were away, runs of yours that failed and what others share with you show up here.',
    'Nada ainda. Decisões pedidas a você, respostas que chegaram na sua ausência, execuções suas que falharam e o que outros compartilham com você aparecem aqui.',
  ),
  approval: text('To decide: {title}', 'A decidir: {title}'),
  answered: text('Answered: {title}', 'Respondida: {title}'),
  notAnswered: text('No answer: {title}', 'Sem resposta: {title}'),
  runFailed: text('“{name}” failed', '“{name}” falhou'),
  runsFailed: counted(
    ['“{name}”: {count} run failed', '“{name}”: {count} runs failed'],
    ['“{name}”: {count} execução falhou', '“{name}”: {count} execuções falharam'],
  ),
  shared: text('{by} shared “{name}” with you', '{by} compartilhou “{name}” com você'),
};

/** What one may do with what was shared. */
export const sharedLevelText: Record<GrantLevel, Text> = {
  use: text('You may use it.', 'Você pode usar.'),
  edit: text('You may use and change it.', 'Você pode usar e alterar.'),
  manage: text('You may use, change and share it.', 'Você pode usar, alterar e compartilhar.'),
};
