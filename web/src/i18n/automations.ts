import { text } from '../../../contracts/text.ts';

export const automationsText = {
  title: text('Automations', 'Automações'),
  description: text(
    'What you have drawn, and how it went last.',
    'O que você desenhou e como foi da última vez.',
  ),
  new: text('New automation', 'Nova automação'),
  untitled: text('My automation', 'Minha automação'),
  search: text('Search automations', 'Buscar automações'),
  name: text('Name', 'Nome'),
  triggers: text('Starts by', 'Inicia por'),
  lastRun: text('Last run', 'Última execução'),
  neverRan: text('Never ran', 'Nunca rodou'),
  published: text('Published', 'Publicada'),
  versionNumber: text('v{number}', 'v{number}'),
  notPublished: text('Draft only', 'Só rascunho'),
  draftChanged: text(
    'The draft has changes that are not published.',
    'O rascunho tem mudanças não publicadas.',
  ),
  updated: text('Changed', 'Alterada'),
  import: text('Import', 'Importar'),
  importWrong: text(
    '{file} holds no automation. Choose a JSON file that was exported here.',
    '{file} não tem uma automação. Escolha um arquivo JSON que foi exportado aqui.',
  ),
  export: text('Export as JSON', 'Exportar como JSON'),
  duplicate: text('Duplicate', 'Duplicar'),
  copyOf: text('{name} (copy)', '{name} (cópia)'),
  showRuns: text('Show its runs', 'Ver execuções'),
  unpublish: text('Unpublish', 'Despublicar'),
  deleteTitle: text('Delete “{name}”?', 'Apagar “{name}”?'),
  deleteText: text(
    'It stops answering webhooks and schedules, and its versions and runs are deleted with it. Runs under way are cancelled.',
    'Ela para de responder webhooks e agendamentos, e suas versões e execuções são apagadas junto. Execuções em andamento são canceladas.',
  ),
  deleted: text('“{name}” was deleted.', '“{name}” foi apagada.'),
  emptyTitle: text('Draw your first automation', 'Desenhe sua primeira automação'),
  emptyText: text(
    'An automation starts with a trigger (a webhook, a schedule, or your click) and runs its nodes one after another. Every run is kept and always reaches an end, even when a server dies on the way.',
    'Uma automação começa por um gatilho (um webhook, um agendamento ou seu clique) e roda seus nós em sequência. Toda execução é guardada e sempre chega a um fim, mesmo que um servidor caia no caminho.',
  ),
  noneTitle: text('Nothing to show yet', 'Nada para mostrar ainda'),
  noneText: text(
    'Automations appear here once a builder of this workspace has drawn some, or has shared one with you.',
    'Automações aparecem aqui quando alguém deste workspace as desenha ou compartilha uma com você.',
  ),
  noMatch: text('No automation matches “{search}”.', 'Nenhuma automação combina com “{search}”.'),
  noMatchText: text('Search looks at names and descriptions.', 'A busca olha nomes e descrições.'),
  actions: text('Actions for {name}', 'Ações de {name}'),
  example: text('From an example', 'De um exemplo'),
};

export const homeText = {
  title: text('Home', 'Início'),
  description: text('What is going on in {workspace}.', 'O que acontece em {workspace}.'),
  underWay: text('Under way', 'Em andamento'),
  nothingUnderWay: text('Nothing is running right now.', 'Nada está rodando agora.'),
  failedLately: text('Failed lately', 'Falharam há pouco'),
  nothingFailed: text('No run has failed. Long may it last.', 'Nenhuma execução falhou. Que continue assim.'),
  allRuns: text('All runs', 'Todas as execuções'),
  quickStart: text('Start something', 'Comece algo'),
  talk: text('Talk to an agent', 'Converse com um agente'),
  talkText: text(
    'It answers, and asks before it acts. The example needs no key.',
    'Ele responde, e pergunta antes de agir. O exemplo não precisa de chave.',
  ),
  blank: text('Blank automation', 'Automação em branco'),
  blankText: text('A manual trigger and an empty canvas.', 'Um início manual e um quadro vazio.'),
  recent: text('Changed lately', 'Alteradas há pouco'),
};
