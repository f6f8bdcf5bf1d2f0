import { z } from 'zod';
import { text } from '../text.ts';
import { defineCredentialType } from './credential-type.ts';
import { allowedHosts, base64, onlyHttp, optionalSecret, plainText, testUrl } from './fields.ts';

export const basicCredential = defineCredentialType({
  type: 'basic',
  icon: 'UserSquare',
  label: text('User and password', 'Usuário e senha'),
  description: text('HTTP basic authentication.', 'Autenticação HTTP básica.'),
  values: z.object({
    user: plainText(text('User', 'Usuário')),
    password: optionalSecret(text('Password', 'Senha')),
    allowedHosts,
    testUrl,
  }),
  nodes: onlyHttp,
  tester: 'http',
  apply: ({ user, password }) => ({
    headers: [['Authorization', `Basic ${base64(`${user}:${password}`)}`]],
    query: [],
  }),
  check: ({ user }) =>
    user.includes(':')
      ? [
          {
            field: 'user',
            message: text('A colon cannot stand in a user name.', 'Um usuário não pode ter dois-pontos.'),
          },
        ]
      : [],
});
