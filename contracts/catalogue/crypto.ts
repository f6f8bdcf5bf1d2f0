import { z } from 'zod';
import { dynamicJson, dynamicNumber, dynamicText } from '../expression.ts';
import { field } from '../field.ts';
import { defineNodeType } from '../node-type.ts';
import { oneMain } from '../ports.ts';
import { text } from '../text.ts';
import { credentialField, credentialMissing, fieldPath, keepOthers } from './shared-fields.ts';

export const hashAlgorithms = [
  'md5',
  'sha1',
  'sha256',
  'sha384',
  'sha512',
  'sha3-256',
  'sha3-384',
  'sha3-512',
] as const;

export const jwtAlgorithms = [
  'HS256',
  'HS384',
  'HS512',
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
] as const;

const withKeyPair = ['sign', 'verify'];
const withSecret = ['hmac', 'verifyHmac', 'jwtSign', 'jwtVerify'];
const ofValue = { operation: ['hash', 'hmac', 'verifyHmac', 'sign', 'verify'] } as const;

export const cryptoNode = defineNodeType({
  type: 'crypto',
  version: 1,
  role: 'effect',
  group: 'data',
  icon: 'LockCode',
  label: text('Crypto', 'Criptografia'),
  description: text(
    'Hashes, signatures, JSON web tokens and random values.',
    'Hashes, assinaturas, JSON web tokens e valores aleatórios.',
  ),
  keywords: ['hash', 'md5', 'sha', 'hmac', 'jwt', 'sign', 'verify', 'uuid', 'random', 'assinar', 'aleatório'],
  parameters: z.object({
    operation: field(
      z
        .enum(['hash', 'hmac', 'verifyHmac', 'sign', 'verify', 'jwtSign', 'jwtVerify', 'jwtDecode', 'random'])
        .default('hash'),
      {
        label: text('Operation', 'Operação'),
        options: {
          hash: text('Hash', 'Hash'),
          hmac: text('HMAC', 'HMAC'),
          verifyHmac: text('Check an HMAC', 'Conferir um HMAC'),
          sign: text('Sign with a private key', 'Assinar com uma chave privada'),
          verify: text('Check a signature', 'Conferir uma assinatura'),
          jwtSign: text('Make a JWT', 'Criar um JWT'),
          jwtVerify: text('Check a JWT', 'Conferir um JWT'),
          jwtDecode: text('Read a JWT without checking it', 'Ler um JWT sem conferir'),
          random: text('Random value', 'Valor aleatório'),
        },
      },
    ),
    value: field(dynamicText().default(''), {
      label: text('Value', 'Valor'),
      control: 'multiline',
      showWhen: ofValue,
    }),
    algorithm: field(z.enum(hashAlgorithms).default('sha256'), {
      label: text('Algorithm', 'Algoritmo'),
      options: Object.fromEntries(
        hashAlgorithms.map((name) => [name, text(name.toUpperCase(), name.toUpperCase())]),
      ),
      showWhen: ofValue,
    }),
    jwtAlgorithm: field(z.enum(jwtAlgorithms).default('HS256'), {
      label: text('Algorithm', 'Algoritmo'),
      help: text(
        'HS… take the secret of the credential, the others its keys. A token made with another one is refused.',
        'HS… usam o segredo da credencial, os outros as chaves. Um token feito com outro é recusado.',
      ),
      showWhen: { operation: ['jwtSign', 'jwtVerify'] },
    }),
    keyFrom: field(z.enum(['credential', 'field']).default('credential'), {
      label: text('Key', 'Chave'),
      options: {
        credential: text('A credential', 'Uma credencial'),
        field: text('The secret below', 'O segredo abaixo'),
      },
      showWhen: { operation: withSecret },
    }),
    credential: credentialField({ operation: [...withSecret, ...withKeyPair] }),
    secret: field(dynamicText().default(''), {
      label: text('Secret', 'Segredo'),
      help: text(
        'Use a secret variable: ={{ $vars.NAME }}. What is written here itself is stored as it is.',
        'Use uma variável secreta: ={{ $vars.NOME }}. O que for escrito aqui fica guardado como está.',
      ),
      showWhen: { operation: withSecret, keyFrom: ['field'] },
    }),
    signature: field(dynamicText().default(''), {
      label: text('Signature to check', 'Assinatura a conferir'),
      placeholder: "={{ $json.headers['x-signature'] }}",
      showWhen: { operation: ['verifyHmac', 'verify'] },
    }),
    encoding: field(z.enum(['hex', 'base64', 'base64url']).default('hex'), {
      label: text('Encoding', 'Codificação'),
      options: {
        hex: text('Hexadecimal', 'Hexadecimal'),
        base64: text('Base64', 'Base64'),
        base64url: text('Base64 for URLs', 'Base64 para URLs'),
      },
      showWhen: ofValue,
    }),
    claims: field(dynamicJson().default('{}'), {
      label: text('Claims', 'Declarações'),
      control: 'json',
      showWhen: { operation: ['jwtSign'] },
    }),
    expiresIn: field(dynamicNumber(z.number().min(0).max(3_153_600_000)).default(3_600), {
      label: text('Valid for (seconds)', 'Válido por (segundos)'),
      help: text(
        '0: without an end, unless the claims have one.',
        '0: sem fim, a não ser que as declarações tenham um.',
      ),
      showWhen: { operation: ['jwtSign'] },
    }),
    token: field(dynamicText().default(''), {
      label: text('Token', 'Token'),
      control: 'multiline',
      showWhen: { operation: ['jwtVerify', 'jwtDecode'] },
    }),
    issuer: field(dynamicText().default(''), {
      label: text('Issuer that it must name', 'Emissor que deve constar'),
      showWhen: { operation: ['jwtVerify'] },
    }),
    audience: field(dynamicText().default(''), {
      label: text('Audience that it must name', 'Público que deve constar'),
      showWhen: { operation: ['jwtVerify'] },
    }),
    randomKind: field(z.enum(['uuid', 'hex', 'base64url', 'digits']).default('uuid'), {
      label: text('Kind', 'Tipo'),
      options: {
        uuid: text('UUID', 'UUID'),
        hex: text('Hexadecimal', 'Hexadecimal'),
        base64url: text('Letters, digits, - and _', 'Letras, dígitos, - e _'),
        digits: text('Digits', 'Dígitos'),
      },
      showWhen: { operation: ['random'] },
    }),
    length: field(dynamicNumber(z.int().min(1).max(10_000)).default(32), {
      label: text('Characters', 'Caracteres'),
      showWhen: { operation: ['random'], randomKind: ['hex', 'base64url', 'digits'] },
    }),
    output: fieldPath(text('Result goes to', 'O resultado vai para'), 'data'),
    keepOthers: keepOthers(true),
  }),
  inputs: oneMain,
  outputs: oneMain,
  check: ({ operation, keyFrom, credential }) => {
    const needsKey =
      withKeyPair.includes(operation) || (withSecret.includes(operation) && keyFrom === 'credential');
    return needsKey ? credentialMissing(credential) : [];
  },
});
export type CryptoParameters = z.output<typeof cryptoNode.parameters>;
