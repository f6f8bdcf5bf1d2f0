/** Knowledge bases, and why a document could not be taken in. */
import { text } from '../text.ts';
import type { ProblemKind } from './problem-kind.ts';

export const knowledgeProblems = {
  'document-not-of-text': {
    status: 422,
    title: text('This document was not given as text.', 'Este documento não foi dado como texto.'),
    next: text('Change its source, and sync the document.', 'Altere a fonte dele e sincronize o documento.'),
  },
  'document-file-gone': {
    status: 410,
    title: text(
      'The file that the document was made of is gone.',
      'O arquivo de que o documento foi feito não existe mais.',
    ),
    next: text(
      'What was read of it is still found. Upload it again, or delete the document.',
      'O que foi lido dele ainda é encontrado. Envie-o de novo ou apague o documento.',
    ),
  },
  'document-empty': {
    status: 422,
    title: text('There is no text in it.', 'Não há texto nele.'),
    next: text(
      'Pages that are pictures (scans) have to be read by a text recognition first.',
      'Páginas que são imagens (digitalizações) precisam passar antes por um reconhecimento de texto.',
    ),
  },
  'document-kind-unknown': {
    status: 422,
    title: text('Documents of type {type} can’t be read.', 'Documentos do tipo {type} não podem ser lidos.'),
    next: text(
      'PDF, Word (.docx), Excel (.xlsx), HTML, Markdown, CSV and text are read. Save it as one of these.',
      'PDF, Word (.docx), Excel (.xlsx), HTML, Markdown, CSV e texto são lidos. Salve-o em um deles.',
    ),
  },
  'document-unreadable': {
    status: 422,
    title: text('It is no {kind} that can be read.', 'Não é um {kind} que possa ser lido.'),
    next: text(
      'It may be cut short, or be something else under this name. Open it yourself to see.',
      'Pode estar incompleto ou ser outra coisa com este nome. Abra-o para ver.',
    ),
  },
  'document-locked': {
    status: 422,
    title: text('It asks for a password.', 'Ele pede uma senha.'),
    next: text('Save it without one, and upload that.', 'Salve-o sem senha e envie essa versão.'),
  },
  'document-not-text': {
    status: 422,
    title: text(
      'Its bytes are no text in any encoding.',
      'Os seus bytes não são texto em nenhuma codificação.',
    ),
    next: text('Save it as text in UTF-8.', 'Salve-o como texto em UTF-8.'),
  },
  'document-too-large': {
    status: 413,
    title: text('It is larger than {limit}.', 'Ele é maior que {limit}.'),
    next: text('Split it into smaller documents.', 'Divida-o em documentos menores.'),
  },
  'document-too-long': {
    status: 413,
    title: text('It has more text than {limit}.', 'Ele tem mais texto que {limit}.'),
    next: text(
      'Split it into smaller documents. Rows that are looked up by their values belong into a data table.',
      'Divida-o em documentos menores. Linhas procuradas por seus valores pertencem a uma tabela de dados.',
    ),
  },
  'document-too-complex': {
    status: 422,
    title: text(
      'Reading it takes more memory or time than a document may.',
      'Lê-lo exige mais memória ou tempo do que um documento pode usar.',
    ),
    next: text(
      'It unpacks to far more than its size. Save it anew, in parts, or as text.',
      'Ele se expande muito além do seu tamanho. Salve-o de novo, em partes, ou como texto.',
    ),
  },
  'document-address-refused': {
    status: 422,
    title: text('{host} may not be reached from here.', '{host} não pode ser acessado daqui.'),
    next: text(
      'Only the public web is read. An operator can allow private hosts.',
      'Só a web pública é lida. Um operador pode permitir hosts privados.',
    ),
  },
  'document-address-unreachable': {
    status: 502,
    title: text('{host} could not be reached.', 'Não foi possível acessar {host}.'),
    next: text('Check the address, and sync again later.', 'Confira o endereço e sincronize mais tarde.'),
  },
  'document-address-status': {
    status: 502,
    title: text('{host} answered {status}.', '{host} respondeu {status}.'),
    next: text(
      'Open the address yourself to see. Pages behind a sign-in are not read.',
      'Abra o endereço para ver. Páginas que exigem login não são lidas.',
    ),
  },
  'document-robots': {
    status: 422,
    title: text('{host} asks robots not to read this page.', '{host} pede que robôs não leiam esta página.'),
    next: text(
      'Ask whoever runs the site, or upload the page as a file.',
      'Fale com quem mantém o site ou envie a página como arquivo.',
    ),
  },
  'document-embedding-failed': {
    status: 502,
    title: text(
      'Its passages could not be indexed: {reason}',
      'Não foi possível indexar os trechos: {reason}',
    ),
    next: text(
      'Check the embedding model of the knowledge base, then sync the document.',
      'Confira o modelo de embeddings da base de conhecimento e sincronize o documento.',
    ),
  },
  'document-failed': {
    status: 500,
    title: text('It could not be taken in.', 'Não foi possível processá-lo.'),
    next: text(
      'Sync it again. If it fails again, ask an operator: the log has the cause.',
      'Sincronize de novo. Se falhar outra vez, fale com um operador: o log tem a causa.',
    ),
  },
} as const satisfies Record<string, ProblemKind>;

/** Why the ingestion of a document may fail. */
export type DocumentFailureCode = Exclude<keyof typeof knowledgeProblems, 'document-not-of-text'>;
