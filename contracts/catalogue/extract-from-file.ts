import { z } from 'zod';
import { dynamicNumber, dynamicText } from '../expression.ts';
import { field } from '../field.ts';
import { defineNodeType } from '../node-type.ts';
import { oneMain } from '../ports.ts';
import { text } from '../text.ts';
import { fieldPath } from './shared-fields.ts';

const ofRows = { format: ['auto', 'csv', 'xlsx'] } as const;

export const extractFromFile = defineNodeType({
  type: 'extract-from-file',
  version: 1,
  role: 'effect',
  group: 'data',
  icon: 'FileImport',
  label: text('Extract from file', 'Extrair de arquivo'),
  description: text(
    'Reads a CSV, Excel, PDF, JSON, XML or text file: rows become items.',
    'Lê um arquivo CSV, Excel, PDF, JSON, XML ou texto: linhas viram itens.',
  ),
  keywords: ['csv', 'xlsx', 'excel', 'pdf', 'spreadsheet', 'parse', 'read', 'planilha', 'ler', 'importar'],
  parameters: z.object({
    format: field(z.enum(['auto', 'csv', 'xlsx', 'pdf', 'json', 'xml', 'text']).default('auto'), {
      label: text('Format', 'Formato'),
      options: {
        auto: text('By the type and name of the file', 'Pelo tipo e nome do arquivo'),
        csv: text('CSV', 'CSV'),
        xlsx: text('Excel (XLSX)', 'Excel (XLSX)'),
        pdf: text('PDF, its text', 'PDF, o texto'),
        json: text('JSON', 'JSON'),
        xml: text('XML', 'XML'),
        text: text('Text or HTML, as it is', 'Texto ou HTML, como está'),
      },
    }),
    file: fieldPath(text('File', 'Arquivo'), 'data', {
      help: text('The name that the item has for it.', 'O nome que o item dá a ele.'),
    }),
    delimiter: field(z.enum(['auto', ',', ';', 'tab', '|']).default('auto'), {
      label: text('Columns are separated by', 'Colunas separadas por'),
      options: {
        auto: text('What the first lines have', 'O que as primeiras linhas têm'),
        ',': text('Comma', 'Vírgula'),
        ';': text('Semicolon', 'Ponto e vírgula'),
        tab: text('Tab', 'Tabulação'),
        '|': text('Bar', 'Barra'),
      },
      showWhen: { format: ['auto', 'csv'] },
    }),
    encoding: field(z.enum(['auto', 'utf-8', 'windows-1252', 'utf-16le']).default('auto'), {
      label: text('Encoding', 'Codificação'),
      options: {
        auto: text('As the file shows it', 'Como o arquivo mostra'),
        'utf-8': text('UTF-8', 'UTF-8'),
        'windows-1252': text('Windows (Latin 1)', 'Windows (Latin 1)'),
        'utf-16le': text('UTF-16', 'UTF-16'),
      },
      showWhen: { format: ['auto', 'csv', 'json', 'xml', 'text'] },
    }),
    sheet: field(dynamicText().default(''), {
      label: text('Sheet', 'Planilha'),
      help: text('Empty: the first.', 'Vazio: a primeira.'),
      showWhen: { format: ['auto', 'xlsx'] },
    }),
    headerRow: field(z.boolean().default(true), {
      label: text('The first row names the columns', 'A primeira linha nomeia as colunas'),
      showWhen: ofRows,
    }),
    skipRows: field(dynamicNumber(z.int().min(0).max(1_000_000)).default(0), {
      label: text('Rows to skip before', 'Linhas a pular antes'),
      showWhen: ofRows,
    }),
    maxRows: field(dynamicNumber(z.int().min(1).max(100_000)).default(100_000), {
      label: text('Rows at most', 'Linhas no máximo'),
      help: text('More are left out.', 'O que passar fica de fora.'),
      showWhen: ofRows,
    }),
    password: field(dynamicText().default(''), {
      label: text('Password', 'Senha'),
      help: text('Of a PDF that asks for one.', 'De um PDF que pede uma.'),
      showWhen: { format: ['auto', 'pdf'] },
    }),
    output: fieldPath(text('Text goes to', 'O texto vai para'), 'data', {
      showWhen: { format: ['auto', 'pdf', 'text'] },
    }),
  }),
  inputs: oneMain,
  outputs: oneMain,
});
export type ExtractParameters = z.output<typeof extractFromFile.parameters>;
