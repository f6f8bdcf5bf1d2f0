import { z } from 'zod';
import { field } from '../field.ts';
import { text } from '../text.ts';
import { defineCredentialType } from './credential-type.ts';
import { httpUrl, plainText, secretText } from './fields.ts';

export const s3Credential = defineCredentialType({
  type: 's3',
  icon: 'Bucket',
  label: text('S3', 'S3'),
  description: text(
    'A bucket of S3 or of a service that speaks it.',
    'Um bucket do S3 ou de um serviço compatível.',
  ),
  values: z.object({
    endpoint: field(httpUrl.default('https://s3.amazonaws.com'), {
      label: text('Endpoint', 'Endpoint'),
      control: 'text',
      destination: true,
    }),
    region: plainText(text('Region', 'Região'), { placeholder: 'us-east-1' }),
    bucket: plainText(text('Bucket', 'Bucket')),
    accessKeyId: plainText(text('Access key id', 'Id da chave de acesso')),
    secretAccessKey: secretText(text('Secret access key', 'Chave de acesso secreta')),
  }),
  nodes: ['s3-file'],
  tester: 's3',
});
export type S3Values = z.output<typeof s3Credential.values>;
