import { z } from 'zod';
import { dynamicText } from '../expression.ts';
import { field } from '../field.ts';
import { defineNodeType } from '../node-type.ts';
import { oneMain } from '../ports.ts';
import { text } from '../text.ts';
import { fieldPath } from './shared-fields.ts';

const compressing = { operation: ['compress'] } as const;

export const compress = defineNodeType({
  type: 'compress',
  version: 1,
  role: 'effect',
  group: 'data',
  icon: 'FileZip',
  label: text('Compress', 'Compactar'),
  description: text(
    'Packs files into a ZIP or GZIP, and takes them out again.',
    'Coloca arquivos em um ZIP ou GZIP, e os tira de lá.',
  ),
  keywords: ['zip', 'gzip', 'unzip', 'archive', 'extract', 'unpack', 'descompactar', 'compactado', 'extrair'],
  parameters: z.object({
    operation: field(z.enum(['compress', 'extract']).default('compress'), {
      label: text('Operation', 'Operação'),
      options: {
        compress: text('Compress', 'Compactar'),
        extract: text('Take out: one item for each file', 'Extrair: um item para cada arquivo'),
      },
    }),
    format: field(z.enum(['zip', 'gzip']).default('zip'), {
      label: text('Format', 'Formato'),
      options: {
        zip: text('ZIP, one for all items', 'ZIP, um para todos os itens'),
        gzip: text('GZIP, one for each file', 'GZIP, um para cada arquivo'),
      },
      showWhen: compressing,
    }),
    files: field(dynamicText().default(''), {
      label: text('Files', 'Arquivos'),
      help: text(
        'The names that the items have for them, separated by commas. Empty: all.',
        'Os nomes que os itens dão a eles, separados por vírgulas. Vazio: todos.',
      ),
      placeholder: 'data, photo',
      showWhen: compressing,
    }),
    fileName: field(dynamicText().default('archive.zip'), {
      label: text('File name', 'Nome do arquivo'),
      showWhen: { operation: ['compress'], format: ['zip'] },
    }),
    level: field(z.int().min(1).max(9).default(6), {
      label: text('Level', 'Nível'),
      help: text('1 is fast, 9 small.', '1 é rápido, 9 é pequeno.'),
      showWhen: compressing,
    }),
    file: fieldPath(text('Archive', 'Arquivo compactado'), 'data', {
      help: text(
        'The name that the item has for it. ZIP and GZIP are told apart by their content.',
        'O nome que o item dá a ele. ZIP e GZIP são reconhecidos pelo conteúdo.',
      ),
      showWhen: { operation: ['extract'] },
    }),
    output: fieldPath(text('File goes to', 'O arquivo vai para'), 'data'),
  }),
  inputs: oneMain,
  outputs: oneMain,
});
export type CompressParameters = z.output<typeof compress.parameters>;
