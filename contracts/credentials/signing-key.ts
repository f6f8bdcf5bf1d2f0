import { z } from 'zod';
import { field } from '../field.ts';
import { text } from '../text.ts';
import { defineCredentialType } from './credential-type.ts';
import { optionalSecret } from './fields.ts';

export const signingKeyCredential = defineCredentialType({
  type: 'signing-key',
  icon: 'Signature',
  label: text('Signing key', 'Chave de assinatura'),
  description: text(
    'A secret or a pair of keys that the Crypto node signs and checks with.',
    'Um segredo ou um par de chaves com que o nó Criptografia assina e confere.',
  ),
  values: z.object({
    secret: optionalSecret(text('Secret', 'Segredo'), {
      help: text('For HMAC and tokens of HS256 and its like.', 'Para HMAC e tokens HS256 e similares.'),
    }),
    privateKey: field(z.string().max(20_000).default(''), {
      label: text('Private key', 'Chave privada'),
      help: text('PEM, for signing.', 'PEM, para assinar.'),
      placeholder: '-----BEGIN PRIVATE KEY-----',
      control: 'multiline',
      secret: true,
    }),
    publicKey: field(z.string().max(20_000).default(''), {
      label: text('Public key', 'Chave pública'),
      help: text('PEM, for checking signatures.', 'PEM, para conferir assinaturas.'),
      placeholder: '-----BEGIN PUBLIC KEY-----',
      control: 'multiline',
    }),
  }),
  nodes: ['crypto'],
  tester: 'keys',
  check: ({ secret, privateKey, publicKey }) =>
    secret === '' && privateKey === '' && publicKey === ''
      ? [{ field: 'secret', message: text('Give a secret or a key.', 'Informe um segredo ou uma chave.') }]
      : [],
});
export type SigningKeyValues = z.output<typeof signingKeyCredential.values>;
