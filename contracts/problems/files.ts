/** Uploads and uploaded files. */
import { text } from '../text.ts';
import type { ProblemKind } from './problem-kind.ts';

export const fileProblems = {
  'upload-too-large': {
    status: 413,
    title: text('The file is larger than {limit}.', 'O arquivo é maior que {limit}.'),
    next: text(
      'Choose a smaller one, or ask an operator to raise the limit.',
      'Escolha um menor, ou peça a um operador que aumente o limite.',
    ),
  },
  'upload-type-refused': {
    status: 422,
    title: text('Files of type {type} are not taken here.', 'Arquivos do tipo {type} não são aceitos aqui.'),
    next: text('Choose one of these types: {types}.', 'Escolha um destes tipos: {types}.'),
  },
  'storage-full': {
    status: 409,
    title: text(
      'The files of this workspace would take more than {limit}.',
      'Os arquivos deste workspace passariam de {limit}.',
    ),
    next: text('Delete files that nobody needs.', 'Apague arquivos de que ninguém precisa.'),
  },
  'upload-incomplete': {
    status: 409,
    title: text('Not all of the file has arrived.', 'O arquivo não chegou por inteiro.'),
    next: text(
      'Ask for the upload to see what is there, and send the rest.',
      'Consulte o envio para ver o que chegou, e envie o resto.',
    ),
  },
  'upload-over': {
    status: 410,
    title: text('This upload is over.', 'Este envio já acabou.'),
    next: text('Begin a new one.', 'Comece outro.'),
  },
  'upload-link-over': {
    status: 403,
    title: text(
      'This address for an upload was changed, or its time is over.',
      'Este endereço de envio foi alterado, ou o seu prazo acabou.',
    ),
    next: text('Ask for the upload again: it gives a new one.', 'Consulte o envio de novo: ele dá um novo.'),
  },
  'upload-not-as-agreed': {
    status: 403,
    title: text(
      'What is sent has another size or type than was agreed.',
      'O que foi enviado tem outro tamanho ou tipo que o combinado.',
    ),
    next: text(
      'Send the {bytes} bytes that were announced, with the headers as given.',
      'Envie os {bytes} bytes anunciados, com os cabeçalhos como foram dados.',
    ),
  },
  'file-type-differs': {
    status: 422,
    title: text(
      'The file was announced as {declared}, and is {found}.',
      'O arquivo foi anunciado como {declared}, e é {found}.',
    ),
    next: text(
      'Nothing was kept. Give it the ending of what it is, and send it again.',
      'Nada foi guardado. Dê a ele a extensão do que é, e envie de novo.',
    ),
  },
  'file-size-differs': {
    status: 422,
    title: text(
      'The file was announced with {declared} bytes, and has {found}.',
      'O arquivo foi anunciado com {declared} bytes, e tem {found}.',
    ),
    next: text(
      'Nothing was kept. It may have changed meanwhile: send it again.',
      'Nada foi guardado. Ele pode ter mudado nesse meio-tempo: envie de novo.',
    ),
  },
  'file-refused': {
    status: 422,
    title: text('The scanner refused the file: {reason}', 'O verificador recusou o arquivo: {reason}'),
    next: text(
      'Nothing was kept. Ask an operator if you think it is harmless.',
      'Nada foi guardado. Fale com um operador se o considera inofensivo.',
    ),
  },
  'picture-unreadable': {
    status: 422,
    title: text(
      'The picture is broken, or has too many pixels.',
      'A imagem está danificada, ou tem pixels demais.',
    ),
    next: text(
      'Nothing was kept. Save it anew in a picture editor, smaller.',
      'Nada foi guardado. Salve-a de novo em um editor, menor.',
    ),
  },
  'picture-link-over': {
    status: 403,
    title: text(
      'This address of a picture was changed, or its time is over.',
      'Este endereço de imagem foi alterado, ou o seu prazo acabou.',
    ),
    next: text(
      'Open the conversation again: it gives a new one.',
      'Abra a conversa de novo: ela dá um novo.',
    ),
  },
  'picture-unavailable': {
    status: 502,
    title: text('There is no picture to show from {host}.', 'Não há imagem de {host} para mostrar.'),
    next: text(
      'PNG, JPEG, GIF, WebP and AVIF of the public web are shown, up to 10 MB. Check the address.',
      'São mostradas imagens PNG, JPEG, GIF, WebP e AVIF da web pública, de até 10 MB. Confira o endereço.',
    ),
  },
  'scanner-unavailable': {
    status: 503,
    title: text('The scanner of files does not answer.', 'O verificador de arquivos não responde.'),
    next: text(
      'Complete the upload again in a moment: nothing has to be sent again.',
      'Conclua o envio de novo em instantes: nada precisa ser reenviado.',
    ),
  },
  'upload-cancelled': {
    status: 410,
    title: text('This upload was cancelled.', 'Este envio foi cancelado.'),
    next: text('Begin a new one.', 'Comece outro.'),
  },
} as const satisfies Record<string, ProblemKind>;

/** Why a file may be refused after it arrived. */
export type FileRefusalCode =
  | 'file-type-differs'
  | 'file-size-differs'
  | 'file-refused'
  | 'picture-unreadable'
  | 'upload-cancelled';
