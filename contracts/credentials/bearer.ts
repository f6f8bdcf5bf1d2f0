import { z } from 'zod';
import { text } from '../text.ts';
import { defineCredentialType } from './credential-type.ts';
import { allowedHosts, onlyHttp, secretText, testUrl } from './fields.ts';

export const bearerCredential = defineCredentialType({
  type: 'bearer',
  icon: 'Ticket',
  label: text('Bearer token', 'Token bearer'),
  description: text('Sent as "Authorization: Bearer …".', 'Enviado como "Authorization: Bearer …".'),
  values: z.object({ token: secretText(text('Token', 'Token')), allowedHosts, testUrl }),
  nodes: onlyHttp,
  tester: 'http',
  apply: ({ token }) => ({ headers: [['Authorization', `Bearer ${token}`]], query: [] }),
});
