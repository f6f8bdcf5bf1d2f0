import { z } from 'zod';
import { dynamicNumber, dynamicText } from '../expression.ts';
import { field } from '../field.ts';
import { defineNodeType } from '../node-type.ts';
import { oneMain } from '../ports.ts';
import { text } from '../text.ts';
import { credentialField, credentialMissing, fieldPath } from './shared-fields.ts';

const ofKey = ['upload', 'download', 'delete', 'copy', 'link'];

export const s3File = defineNodeType({
  type: 's3-file',
  version: 1,
  role: 'effect',
  group: 'actions',
  icon: 'Bucket',
  label: text('S3 file', 'Arquivo S3'),
  description: text(
    'Puts files into a bucket of S3 or what speaks it, and gets, lists, copies, deletes and links them.',
    'Coloca arquivos em um bucket do S3 ou compatível, e os obtém, lista, copia, apaga e compartilha por link.',
  ),
  keywords: ['bucket', 'upload', 'download', 'aws', 'minio', 'r2', 'storage', 'enviar', 'baixar'],
  parameters: z.object({
    credential: credentialField(),
    operation: field(z.enum(['upload', 'download', 'list', 'copy', 'delete', 'link']).default('upload'), {
      label: text('Operation', 'Operação'),
      options: {
        upload: text('Upload a file', 'Enviar um arquivo'),
        download: text('Download a file', 'Baixar um arquivo'),
        list: text('List files', 'Listar arquivos'),
        copy: text('Copy a file', 'Copiar um arquivo'),
        delete: text('Delete a file', 'Apagar um arquivo'),
        link: text('Make a link to a file', 'Criar um link para um arquivo'),
      },
    }),
    bucket: field(dynamicText().default(''), {
      label: text('Bucket', 'Bucket'),
      help: text('Empty: that of the credential.', 'Vazio: o da credencial.'),
    }),
    key: field(dynamicText(z.string().max(1_024)).default(''), {
      label: text('Path', 'Caminho'),
      placeholder: 'reports/2026/january.pdf',
      showWhen: { operation: ofKey },
    }),
    copyTo: field(dynamicText(z.string().max(1_024)).default(''), {
      label: text('Copy to', 'Copiar para'),
      showWhen: { operation: ['copy'] },
    }),
    prefix: field(dynamicText(z.string().max(1_024)).default(''), {
      label: text('Paths that begin with', 'Caminhos que começam com'),
      placeholder: 'reports/2026/',
      showWhen: { operation: ['list'] },
    }),
    limit: field(dynamicNumber(z.int().min(1).max(10_000)).default(1_000), {
      label: text('Files at most', 'Arquivos no máximo'),
      showWhen: { operation: ['list'] },
    }),
    linkMinutes: field(dynamicNumber(z.number().min(1).max(10_080)).default(60), {
      label: text('The link works for (minutes)', 'O link vale por (minutos)'),
      help: text(
        'Whoever has it may download the file; a week at most.',
        'Quem o tiver pode baixar o arquivo; no máximo uma semana.',
      ),
      showWhen: { operation: ['link'] },
    }),
    file: fieldPath(text('File', 'Arquivo'), 'data', {
      help: text('The name that the item has for it.', 'O nome que o item dá a ele.'),
      showWhen: { operation: ['upload', 'download'] },
    }),
    concurrency: field(z.int().min(1).max(20).default(5), {
      label: text('Files at a time', 'Arquivos ao mesmo tempo'),
    }),
  }),
  inputs: oneMain,
  outputs: oneMain,
  check: ({ credential, operation, key, copyTo }) => [
    ...credentialMissing(credential),
    ...(ofKey.includes(operation) && key === ''
      ? [{ path: ['key'], message: text('Give the path of the file.', 'Informe o caminho do arquivo.') }]
      : []),
    ...(operation === 'copy' && copyTo === ''
      ? [{ path: ['copyTo'], message: text('Say where to.', 'Informe para onde.') }]
      : []),
  ],
});
export type S3FileParameters = z.output<typeof s3File.parameters>;
