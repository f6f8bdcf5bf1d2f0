import { text } from '../../../contracts/text.ts';

export const canvasText = {
  addAfter: text('Add a node after {name}', 'Adicionar um nó depois de {name}'),
  insert: text('Insert a node here', 'Inserir um nó aqui'),
  removeEdge: text('Remove this connection', 'Remover esta conexão'),
  pinned: text(
    'Output pinned: runs from the editor use {count} fixed items',
    'Saída fixada: execuções do editor usam {count} itens fixos',
  ),
  disabled: text('Disabled', 'Desativado'),
  disabledHelp: text(
    'Disabled: its items pass through unchanged.',
    'Desativado: os itens passam sem mudança.',
  ),
  retries: text('Tries again when it fails', 'Tenta de novo quando falha'),
  runs: text('{finished} of {started}', '{finished} de {started}'),
  noteHint: text('Double-click to write', 'Clique duas vezes para escrever'),
  rename: text('Rename the node', 'Renomear o nó'),
};
