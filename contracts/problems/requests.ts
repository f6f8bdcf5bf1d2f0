/** Problems that any request can meet. */
import { text } from '../text.ts';
import type { ProblemKind } from './problem-kind.ts';

export const requestProblems = {
  'invalid-request': {
    status: 400,
    title: text('The request is not valid.', 'A requisição não é válida.'),
    next: text('Correct the fields named in errors.', 'Corrija os campos citados em errors.'),
  },
  'invalid-json': {
    status: 400,
    title: text('The body is not valid JSON: {reason}', 'O corpo não é JSON válido: {reason}'),
    next: text('Send a well-formed JSON body.', 'Envie um corpo JSON bem formado.'),
  },
  'name-taken': {
    status: 409,
    title: text('The name "{name}" is taken.', 'O nome "{name}" já está em uso.'),
    next: text('Choose another name.', 'Escolha outro nome.'),
  },
  'not-found': {
    status: 404,
    title: text('There is no such {what}.', 'Não existe: {what}.'),
    next: text('Check the id; it may have been deleted.', 'Confira o id; pode ter sido apagado.'),
  },
  'changed-meanwhile': {
    status: 412,
    title: text('Somebody else saved this meanwhile.', 'Alguém salvou isto nesse meio-tempo.'),
    next: text('Load it again and repeat your change.', 'Carregue de novo e refaça sua mudança.'),
  },
  'too-large': {
    status: 413,
    title: text('The body is larger than {limit}.', 'O corpo é maior que {limit}.'),
    next: text('Send less, or a link to the file.', 'Envie menos, ou um link para o arquivo.'),
  },
  'bad-range': {
    status: 416,
    title: text('The file has no such range.', 'O arquivo não tem esse intervalo.'),
    next: text('See Content-Range for its size.', 'Veja o tamanho em Content-Range.'),
  },
  'storage-unavailable': {
    status: 503,
    title: text(
      'The place where files are kept does not answer.',
      'O lugar onde os arquivos ficam não responde.',
    ),
    next: text(
      'Try again in a moment. If it stays, an operator finds the cause in the log.',
      'Tente de novo em instantes. Se continuar, um operador encontra a causa no log.',
    ),
  },
  'rate-limited': {
    status: 429,
    title: text('Too many requests: {limit}.', 'Requisições demais: {limit}.'),
    next: text('Try again in {seconds} s.', 'Tente de novo em {seconds} s.'),
  },
  'unsupported-body': {
    status: 415,
    title: text('This kind of body can not be read: {type}', 'Este tipo de corpo não pode ser lido: {type}'),
    next: text('Send JSON, form fields or text.', 'Envie JSON, campos de formulário ou texto.'),
  },
  'idempotency-conflict': {
    status: 409,
    title: text(
      'This Idempotency-Key was used for another request.',
      'Esta Idempotency-Key foi usada em outra requisição.',
    ),
    next: text('Use a new key for a new request.', 'Use uma chave nova para uma requisição nova.'),
  },
  unavailable: {
    status: 503,
    title: text('{what} can not be reached right now.', '{what} não pode ser alcançado agora.'),
    next: text(
      'Try again in a moment; nothing was started.',
      'Tente de novo em instantes; nada foi iniciado.',
    ),
  },
  starting: {
    status: 503,
    title: text('Hiviex is starting.', 'O Hiviex está iniciando.'),
    next: text(
      'Try again in a moment; nothing was started. If it stays, /readyz says what it waits for.',
      'Tente de novo em instantes; nada foi iniciado. Se continuar, /readyz diz o que ele espera.',
    ),
  },
  internal: {
    status: 500,
    title: text('Something broke on our side.', 'Algo quebrou do nosso lado.'),
    next: text(
      'Try again; the log has the details under this id.',
      'Tente de novo; o log tem os detalhes com este id.',
    ),
  },
} as const satisfies Record<string, ProblemKind>;
