/** Data tables and the key-value store. */
import { text } from '../text.ts';
import type { ProblemKind } from './problem-kind.ts';

export const dataProblems = {
  'table-missing': {
    status: 404,
    title: text('There is no table "{table}".', 'Não existe a tabela "{table}".'),
    next: text(
      'Choose a table of this workspace, or create it.',
      'Escolha uma tabela deste workspace, ou crie-a.',
    ),
  },
  'too-many-tables': {
    status: 409,
    title: text(
      'The workspace has {most} tables, the most there may be.',
      'O workspace já tem {most} tabelas, o máximo.',
    ),
    next: text('Delete one that nobody needs.', 'Apague uma de que ninguém precisa.'),
  },
  'column-missing': {
    status: 400,
    title: text('The table has no column "{column}".', 'A tabela não tem a coluna "{column}".'),
    next: text(
      'Correct the name, or add the column to the table.',
      'Corrija o nome, ou adicione a coluna à tabela.',
    ),
  },
  'column-taken': {
    status: 409,
    title: text('The table has two columns "{column}".', 'A tabela tem duas colunas "{column}".'),
    next: text('Choose another name.', 'Escolha outro nome.'),
  },
  'too-many-columns': {
    status: 409,
    title: text('A table has {most} columns at most.', 'Uma tabela tem no máximo {most} colunas.'),
    next: text('Put several values into one column of JSON.', 'Ponha vários valores em uma coluna JSON.'),
  },
  'bad-cell': {
    status: 400,
    title: text(
      '{value} is no {type}, as the column "{column}" wants.',
      '{value} não é {type}, como quer a coluna "{column}".',
    ),
    next: text(
      'Change the value. Dates are written in ISO 8601, for example 2027-01-31T09:00Z.',
      'Mude o valor. Datas são escritas em ISO 8601, por exemplo 2027-01-31T09:00Z.',
    ),
  },
  'row-too-large': {
    status: 413,
    title: text(
      'A row of {bytes} bytes is too large: {most} is the limit.',
      'Uma linha de {bytes} bytes é grande demais: o limite é {most}.',
    ),
    next: text(
      'Keep large values as files, and their address in the table.',
      'Guarde valores grandes como arquivos, e o endereço na tabela.',
    ),
  },
  'table-full': {
    status: 409,
    title: text(
      'The table "{table}" is full: {most} is the limit.',
      'A tabela "{table}" está cheia: o limite é {most}.',
    ),
    next: text(
      'Delete old rows, or keep this much data in a database of your own.',
      'Apague linhas antigas, ou guarde tantos dados em um banco próprio.',
    ),
  },
  'value-too-large': {
    status: 413,
    title: text(
      'A value of {bytes} bytes is too large: {most} is the limit.',
      'Um valor de {bytes} bytes é grande demais: o limite é {most}.',
    ),
    next: text('Store less, or keep it as a file.', 'Guarde menos, ou guarde como arquivo.'),
  },
  'keys-full': {
    status: 409,
    title: text(
      'The workspace keeps {most} keys, the most there may be.',
      'O workspace já guarda {most} chaves, o máximo.',
    ),
    next: text(
      'Delete old keys, or give new ones a time to live.',
      'Apague chaves antigas, ou dê um prazo às novas.',
    ),
  },
  'not-a-number': {
    status: 409,
    title: text(
      'The value of "{key}" is no number: nothing can be added to it.',
      'O valor de "{key}" não é um número: nada pode ser somado.',
    ),
    next: text('Use another key, or delete this one first.', 'Use outra chave, ou apague esta antes.'),
  },
} as const satisfies Record<string, ProblemKind>;
