import { z } from 'zod';
import { field } from '../field.ts';
import { text } from '../text.ts';
import { defineCredentialType } from './credential-type.ts';
import { allowedHosts, httpUrl, onlyHttp, optionalSecret } from './fields.ts';

export const llmCredential = defineCredentialType({
  type: 'llm',
  icon: 'Sparkles',
  label: text('LLM provider', 'Provedor de LLM'),
  description: text(
    'Any service that speaks the OpenAI protocol.',
    'Qualquer serviço que fale o protocolo da OpenAI.',
  ),
  values: z.object({
    baseUrl: field(httpUrl.default('https://api.openai.com/v1'), {
      label: text('Base URL', 'URL base'),
      help: text(
        'Up to and with the version: /models is added by the test.',
        'Até a versão, inclusive: o teste acrescenta /models.',
      ),
      control: 'text',
      destination: true,
    }),
    apiKey: optionalSecret(text('API key', 'Chave de API'), {
      help: text('Empty for a server that asks for none.', 'Vazia para um servidor que não peça uma.'),
    }),
    allowedHosts,
  }),
  nodes: onlyHttp,
  tester: 'llm',
  apply: ({ apiKey }) => ({
    headers: apiKey === '' ? [] : [['Authorization', `Bearer ${apiKey}`]],
    query: [],
  }),
});
export type LlmValues = z.output<typeof llmCredential.values>;
