import { z } from 'zod';
import { field } from '../field.ts';
import { text } from '../text.ts';
import { defineCredentialType } from './credential-type.ts';
import { allowedHosts, httpUrl, onlyHttp, optionalSecret, plainText } from './fields.ts';

const byCode = { grant: ['authorizationCode'] };

export const oauth2Credential = defineCredentialType({
  type: 'oauth2',
  icon: 'ShieldLock',
  label: text('OAuth 2', 'OAuth 2'),
  description: text(
    'Access tokens, fetched and refreshed as they are needed.',
    'Tokens de acesso, obtidos e renovados quando preciso.',
  ),
  values: z.object({
    grant: field(z.enum(['clientCredentials', 'authorizationCode']).default('clientCredentials'), {
      label: text('Grant', 'Concessão'),
      options: {
        clientCredentials: text('Client credentials (no person)', 'Credenciais do cliente (sem pessoa)'),
        authorizationCode: text(
          'Authorization code (a person agrees)',
          'Código de autorização (uma pessoa autoriza)',
        ),
      },
    }),
    authorizationUrl: field(z.union([z.literal(''), httpUrl]).default(''), {
      label: text('Authorization URL', 'URL de autorização'),
      placeholder: 'https://accounts.example.com/authorize',
      control: 'text',
      destination: true,
      showWhen: byCode,
    }),
    tokenUrl: field(httpUrl, {
      label: text('Token URL', 'URL de token'),
      placeholder: 'https://accounts.example.com/token',
      control: 'text',
      destination: true,
    }),
    clientId: plainText(text('Client id', 'Id do cliente')),
    clientSecret: optionalSecret(text('Client secret', 'Segredo do cliente'), {
      help: text('Empty for a public client.', 'Vazio para um cliente público.'),
    }),
    scope: field(z.string().trim().max(4_000).default(''), {
      label: text('Scope', 'Escopo'),
      help: text('Separated by spaces.', 'Separados por espaços.'),
    }),
    allowedHosts,
    clientAuthentication: field(z.enum(['header', 'body']).default('header'), {
      label: text('Client id and secret go', 'Id e segredo do cliente vão'),
      options: {
        header: text('in the Authorization header', 'no cabeçalho Authorization'),
        body: text('in the body', 'no corpo'),
      },
    }),
    parameters: field(
      z
        .array(
          z.object({
            name: field(z.string().min(1).max(200), { label: text('Name', 'Nome') }),
            value: field(z.string().max(2_000), { label: text('Value', 'Valor') }),
          }),
        )
        .max(20)
        .default([]),
      {
        label: text('More parameters', 'Mais parâmetros'),
        help: text(
          'Added to the authorization URL, or to the token request of client credentials: audience, access_type, prompt.',
          'Adicionados à URL de autorização, ou ao pedido de token das credenciais do cliente: audience, access_type, prompt.',
        ),
      },
    ),
  }),
  nodes: onlyHttp,
  tester: 'oauth2',
  apply: (_, accessToken = '') => ({ headers: [['Authorization', `Bearer ${accessToken}`]], query: [] }),
  check: ({ grant, authorizationUrl }) =>
    grant === 'authorizationCode' && authorizationUrl === ''
      ? [
          {
            field: 'authorizationUrl',
            message: text(
              'This grant needs an authorization URL.',
              'Esta concessão precisa de uma URL de autorização.',
            ),
          },
        ]
      : [],
});
export type OAuth2Values = z.output<typeof oauth2Credential.values>;
