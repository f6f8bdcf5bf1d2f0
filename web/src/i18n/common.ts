import { text } from '../../../contracts/text.ts';

export const common = {
  cancel: text('Cancel', 'Cancelar'),
  close: text('Close', 'Fechar'),
  copied: text('Copied', 'Copiado'),
  copy: text('Copy', 'Copiar'),
  copyAsCurl: text('Copy as curl', 'Copiar como curl'),
  copyId: text('Copy {id}', 'Copiar {id}'),
  create: text('Create', 'Criar'),
  delete: text('Delete', 'Apagar'),
  loadMore: text('Load more', 'Carregar mais'),
  loading: text('Loading', 'Carregando'),
  more: text('More', 'Mais'),
  name: text('Name', 'Nome'),
  none: text('None', 'Nenhum'),
  retry: text('Try again', 'Tentar de novo'),
  secretFilled: text('Filled; type to replace it', 'Preenchido; digite para trocar'),
  save: text('Save', 'Salvar'),
  undo: text('Undo', 'Desfazer'),
  noAnswer: text('The server does not answer.', 'O servidor não responde.'),
  noAnswerNext: text(
    'Check the connection and try again. What you have written is still here.',
    'Confira a conexão e tente de novo. O que você escreveu continua aqui.',
  ),
  strangeAnswer: text(
    'The server answered {status} without saying why.',
    'O servidor respondeu {status} sem dizer por quê.',
  ),
  strangeAnswerNext: text('Try again in a moment.', 'Tente de novo em instantes.'),
  brokenPage: text('This page broke.', 'Esta página quebrou.'),
  brokenPageNext: text(
    'Load it again. If it breaks again, the message below helps to find the cause.',
    'Carregue de novo. Se quebrar outra vez, a mensagem abaixo ajuda a achar a causa.',
  ),
  reload: text('Load again', 'Carregar de novo'),
  notFoundTitle: text('Not found', 'Não encontrado'),
  notFound: text('There is nothing at this address.', 'Não há nada neste endereço.'),
  notFoundNext: text(
    'It may have been deleted, or the link is wrong.',
    'Pode ter sido apagado, ou o link está errado.',
  ),
  goHome: text('Go to Home', 'Ir para o Início'),
  offline: text(
    'No live connection: states may be a moment old. Connecting again…',
    'Sem conexão ao vivo: os estados podem estar atrasados. Reconectando…',
  ),
};
