import { text } from '../../../contracts/text.ts';
import { counted } from './counted.ts';

export const canvasText = {
  addAfter: text('Add a node after {name}', 'Adicionar um nó depois de {name}'),
  insert: text('Insert a node here', 'Inserir um nó aqui'),
  removeEdge: text('Remove this connection', 'Remover esta conexão'),
  pinned: counted(
    [
      'Output pinned: runs from the editor use {count} fixed item',
      'Output pinned: runs from the editor use {count} fixed items',
    ],
    [
      'Saída fixada: execuções do editor usam {count} item fixo',
      'Saída fixada: execuções do editor usam {count} itens fixos',
    ],
  ),
  conditions: counted(['{count} condition', '{count} conditions'], ['{count} condição', '{count} condições']),
  cases: counted(['{count} case', '{count} cases'], ['{count} caso', '{count} casos']),
  disabled: text('Disabled', 'Desativado'),
  disabledHelp: text(
    'Disabled: its items pass through unchanged.',
    'Desativado: os itens passam sem mudança.',
  ),
  retries: text('Tries again when it fails', 'Tenta de novo quando falha'),
  runs: text('{finished} of {started}', '{finished} de {started}'),
  noteHint: text('Double-click to write', 'Clique duas vezes para escrever'),
  rename: text('Rename the node', 'Renomear o nó'),
  edge: text('From {source} to {target}', 'De {source} para {target}'),
  nodeKeys: text(
    'Enter opens its form, C connects it, the arrows move it, Delete removes it.',
    'Enter abre o formulário, C conecta, as setas movem, Delete remove.',
  ),
  nodeKeysReadOnly: text('Enter shows its details.', 'Enter mostra os detalhes.'),
  edgeKeys: text('Enter selects it, Delete removes it.', 'Enter seleciona, Delete remove.'),
  moved: text('Moved to {x}, {y}', 'Movido para {x}, {y}'),
  view: text('View', 'Visualização'),
  zoomIn: text('Zoom in', 'Aproximar'),
  zoomOut: text('Zoom out', 'Afastar'),
  fitView: text('Show everything', 'Mostrar tudo'),
  minimap: text('Overview', 'Visão geral'),
};
