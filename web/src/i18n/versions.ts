import { text } from '../../../contracts/text.ts';

export const versionsText = {
  compare: text('Compare', 'Comparar'),
  compareTitle: text('What differs', 'O que difere'),
  with: text('with', 'com'),
  draft: text('Draft', 'Rascunho'),
  publishAgain: text('Publish this version', 'Publicar esta versão'),
  publishAgainTitle: text('Publish version {number} again?', 'Publicar a versão {number} de novo?'),
  publishAgainText: text(
    'Webhooks and schedules follow it from now on. The draft stays as it is; runs under way keep their version.',
    'Webhooks e agendamentos passam a segui-la. O rascunho fica como está; execuções em andamento mantêm sua versão.',
  ),
  publishedAgain: text('It is live as version {number}.', 'Está no ar como versão {number}.'),
  exportJson: text('Export as JSON', 'Exportar como JSON'),
  addNote: text('Say what it is about…', 'Diga do que trata…'),
  note: text('Note', 'Nota'),
  notePlaceholder: text('What is this version about?', 'Do que trata esta versão?'),
  same: text('They do the same.', 'Elas fazem o mesmo.'),
  added: text('added', 'adicionado'),
  removed: text('removed', 'removido'),
  changed: text('changed', 'mudou'),
  moved: text('moved', 'movido'),
  edgesAdded: text('Connections added', 'Conexões adicionadas'),
  edgesRemoved: text('Connections removed', 'Conexões removidas'),
  settings: text('Settings', 'Configurações'),
  pinned: text('Pinned data', 'Dados fixados'),
  nothing: text('nothing', 'nada'),
};
