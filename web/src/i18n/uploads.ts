import { text } from '../../../contracts/text.ts';
import { counted } from './counted.ts';

export const uploadsText = {
  drop: text('Drop files here, or choose them', 'Solte arquivos aqui, ou escolha-os'),
  dropOne: text('Drop a file here, or choose one', 'Solte um arquivo aqui, ou escolha um'),
  atMost: text('Up to {size} each', 'Até {size} cada'),
  pictures: text('PNG, JPEG, GIF, WebP or AVIF', 'PNG, JPEG, GIF, WebP ou AVIF'),
  list: text('Uploads', 'Envios'),
  queued: text('Waits for the others', 'Espera pelos outros'),
  sending: text('{sent} of {size}', '{sent} de {size}'),
  waiting: text(
    'No connection: it goes on by itself when it is back',
    'Sem conexão: continua sozinho quando ela voltar',
  ),
  checking: text('Is being checked…', 'Sendo verificado…'),
  ready: text('Uploaded', 'Enviado'),
  cancel: text('Cancel the upload of {name}', 'Cancelar o envio de {name}'),
  dismiss: text('Take {name} off the list', 'Tirar {name} da lista'),
  retry: text('Try again: {name}', 'Tentar de novo: {name}'),
  progress: text('Upload of {name}', 'Envio de {name}'),
  done: counted(
    ['{count} file is uploaded.', '{count} files are uploaded.'],
    ['{count} arquivo foi enviado.', '{count} arquivos foram enviados.'],
  ),
  empty: text('The file is empty.', 'O arquivo está vazio.'),
  emptyNext: text(
    'Choose another one; a folder can’t be uploaded as it is.',
    'Escolha outro; uma pasta não pode ser enviada assim.',
  ),
  refused: text('The file store refused it ({status}).', 'O armazenamento de arquivos o recusou ({status}).'),
  refusedNext: text(
    'Try again. If the file is being changed by another program, close that first.',
    'Tente de novo. Se outro programa está alterando o arquivo, feche-o antes.',
  ),
  noStore: text('The file store does not answer.', 'O armazenamento de arquivos não responde.'),
  noStoreNext: text(
    'Check the connection and try again: what has arrived is not sent twice. If it stays so, tell an operator: the bucket may not allow this page (CORS).',
    'Confira a conexão e tente de novo: o que chegou não é reenviado. Se continuar, avise um operador: o bucket pode não permitir esta página (CORS).',
  ),
  unreadable: text('The file can’t be read any more.', 'O arquivo não pode mais ser lido.'),
  unreadableNext: text(
    'It was moved, changed or deleted meanwhile: choose it again.',
    'Ele foi movido, alterado ou apagado nesse meio-tempo: escolha-o de novo.',
  ),
};
