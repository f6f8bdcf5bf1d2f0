import { z } from 'zod';
import { field } from '../field.ts';
import { text } from '../text.ts';
import { defineCredentialType } from './credential-type.ts';
import { allowedHosts, httpUrl, onlyHttp, secretText } from './fields.ts';

export const anthropicCredential = defineCredentialType({
  type: 'anthropic',
  icon: 'Sparkles',
  label: text('Anthropic', 'Anthropic'),
  description: text('The models of Anthropic (Claude).', 'Os modelos da Anthropic (Claude).'),
  values: z.object({
    baseUrl: field(httpUrl.default('https://api.anthropic.com'), {
      label: text('Base URL', 'URL base'),
      control: 'text',
      destination: true,
    }),
    apiKey: secretText(text('API key', 'Chave de API'), { placeholder: 'sk-ant-…' }),
    allowedHosts,
  }),
  nodes: onlyHttp,
  tester: 'anthropic',
  apply: ({ apiKey }) => ({
    headers: [
      ['x-api-key', apiKey],
      ['anthropic-version', '2023-06-01'],
    ],
    query: [],
  }),
});
export type AnthropicValues = z.output<typeof anthropicCredential.values>;
