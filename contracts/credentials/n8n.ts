import { z } from 'zod';
import { field } from '../field.ts';
import { text } from '../text.ts';
import { defineCredentialType } from './credential-type.ts';
import { httpUrl, secretText } from './fields.ts';

export const n8nCredential = defineCredentialType({
  type: 'n8n',
  icon: 'TopologyStar3',
  label: text('n8n', 'n8n'),
  description: text('The API of an n8n instance.', 'A API de uma instância do n8n.'),
  values: z.object({
    baseUrl: field(httpUrl, {
      label: text('Address of the instance', 'Endereço da instância'),
      placeholder: 'https://n8n.example.com',
      control: 'text',
      destination: true,
    }),
    apiKey: secretText(text('API key', 'Chave de API'), {
      help: text('Settings → n8n API, in n8n.', 'Configurações → n8n API, no n8n.'),
    }),
  }),
  nodes: ['n8n'],
  tester: 'n8n',
  apply: ({ apiKey }) => ({ headers: [['X-N8N-API-KEY', apiKey]], query: [] }),
});
export type N8nValues = z.output<typeof n8nCredential.values>;
