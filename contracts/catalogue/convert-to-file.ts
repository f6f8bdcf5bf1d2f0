import { z } from 'zod';
import { dynamicText } from '../expression.ts';
import { field } from '../field.ts';
import { defineNodeType } from '../node-type.ts';
import { oneMain } from '../ports.ts';
import { text } from '../text.ts';
import { fieldPath } from './shared-fields.ts';

const ofRows = { format: ['csv', 'xlsx', 'html', 'pdf'] } as const;

export const convertToFile = defineNodeType({
  type: 'convert-to-file',
  version: 1,
  role: 'effect',
  group: 'data',
  icon: 'FileExport',
  label: text('Convert to file', 'Converter em arquivo'),
  description: text(
    'Makes a CSV, Excel, JSON, HTML, PDF or text file of the items.',
    'Cria um arquivo CSV, Excel, JSON, HTML, PDF ou texto com os itens.',
  ),
  keywords: ['csv', 'xlsx', 'excel', 'pdf', 'report', 'export', 'relatório', 'exportar', 'planilha'],
  parameters: z.object({
    format: field(z.enum(['csv', 'xlsx', 'json', 'html', 'pdf', 'text']).default('csv'), {
      label: text('Format', 'Formato'),
      options: {
        csv: text('CSV', 'CSV'),
        xlsx: text('Excel (XLSX)', 'Excel (XLSX)'),
        json: text('JSON', 'JSON'),
        html: text('HTML, a table', 'HTML, uma tabela'),
        pdf: text('PDF, a table', 'PDF, uma tabela'),
        text: text('Text, a file for each item', 'Texto, um arquivo para cada item'),
      },
    }),
    fileName: field(dynamicText(z.string().max(255)).default(''), {
      label: text('Name of the file', 'Nome do arquivo'),
      placeholder: "={{ 'orders-' + $now.toISODate() }}.csv",
    }),
    columns: field(z.string().default(''), {
      label: text('Columns', 'Colunas'),
      help: text(
        'Names or paths separated by commas. Empty: every field, in the order in which they appear.',
        'Nomes ou caminhos separados por vírgulas. Vazio: todos os campos, na ordem em que aparecem.',
      ),
      placeholder: 'id, customer.name, total',
      showWhen: ofRows,
    }),
    delimiter: field(z.enum([',', ';', 'tab', '|']).default(','), {
      label: text('Columns are separated by', 'Colunas separadas por'),
      options: {
        ',': text('Comma', 'Vírgula'),
        ';': text('Semicolon (Excel in Brazil and Europe)', 'Ponto e vírgula (Excel no Brasil e na Europa)'),
        tab: text('Tab', 'Tabulação'),
        '|': text('Bar', 'Barra'),
      },
      showWhen: { format: ['csv'] },
    }),
    header: field(z.boolean().default(true), {
      label: text('A first row with the names of the columns', 'Uma primeira linha com os nomes das colunas'),
      showWhen: { format: ['csv', 'xlsx'] },
    }),
    forExcel: field(z.boolean().default(true), {
      label: text('For spreadsheet programs', 'Para programas de planilha'),
      help: text(
        'Marks the file as UTF-8, and keeps texts that begin with = + - @ from being run as formulas.',
        'Marca o arquivo como UTF-8 e impede que textos que começam com = + - @ rodem como fórmulas.',
      ),
      showWhen: { format: ['csv'] },
    }),
    title: field(dynamicText().default(''), {
      label: text('Title', 'Título'),
      showWhen: { format: ['xlsx', 'html', 'pdf'] },
    }),
    text: field(dynamicText().default(''), {
      label: text('Text', 'Texto'),
      control: 'multiline',
      showWhen: { format: ['text'] },
    }),
    file: fieldPath(text('The item calls it', 'O item o chama de'), 'data'),
  }),
  inputs: oneMain,
  outputs: oneMain,
});
export type ConvertParameters = z.output<typeof convertToFile.parameters>;
