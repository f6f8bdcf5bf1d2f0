import { z } from 'zod';
import { dynamicJson, dynamicText } from '../expression.ts';
import { field } from '../field.ts';
import { defineNodeType } from '../node-type.ts';
import { oneMain } from '../ports.ts';
import { text } from '../text.ts';
import {
  concurrencyField,
  maxTokensField,
  modelField,
  modelUnreadable,
  temperatureField,
} from './model-fields.ts';

const exampleSchema = `{
  "type": "object",
  "properties": {
    "answer": { "type": "string" }
  },
  "required": ["answer"],
  "additionalProperties": false
}`;

export const llmNode = defineNodeType({
  type: 'llm',
  version: 1,
  role: 'effect',
  group: 'ai',
  icon: 'Sparkles',
  label: text('Ask a model', 'Perguntar a um modelo'),
  description: text(
    'Asks a language model, once per item, for text or for JSON that fits a schema.',
    'Pergunta a um modelo de linguagem, uma vez por item, por texto ou por JSON que siga um esquema.',
  ),
  keywords: ['ai', 'llm', 'gpt', 'claude', 'chat', 'prompt', 'openai', 'anthropic', 'ia', 'modelo', 'texto'],
  parameters: z.object({
    prompt: field(dynamicText().default(''), {
      label: text('Prompt', 'Prompt'),
      control: 'multiline',
      placeholder: '=Write a friendly answer to: {{ $json.message }}',
    }),
    system: field(dynamicText().default(''), {
      label: text('Instructions', 'Instruções'),
      help: text('Who the model is and how it answers.', 'Quem o modelo é e como responde.'),
      control: 'multiline',
    }),
    model: modelField(),
    output: field(z.enum(['text', 'json']).default('text'), {
      label: text('Answer', 'Resposta'),
      options: { text: text('Text', 'Texto'), json: text('JSON by a schema', 'JSON por um esquema') },
    }),
    schema: field(dynamicJson().default(exampleSchema), {
      label: text('JSON schema', 'Esquema JSON'),
      help: text(
        'An answer that does not fit is shown to the model once; then the step fails.',
        'Uma resposta que não serve é mostrada ao modelo uma vez; depois o passo falha.',
      ),
      control: 'json',
      showWhen: { output: ['json'] },
    }),
    messages: field(dynamicJson().default(''), {
      label: text('Messages before', 'Mensagens anteriores'),
      help: text(
        'A conversation that the prompt continues: [{"role":"user","content":"…"},{"role":"assistant","content":"…"}]',
        'Uma conversa que o prompt continua: [{"role":"user","content":"…"},{"role":"assistant","content":"…"}]',
      ),
      control: 'json',
    }),
    temperature: temperatureField(),
    maxTokens: maxTokensField(),
    concurrency: concurrencyField(),
  }),
  inputs: oneMain,
  outputs: oneMain,
  check: ({ prompt, messages, model }) => [
    ...modelUnreadable(model),
    ...(prompt === '' && messages === ''
      ? [{ path: ['prompt'], message: text('Write a prompt.', 'Escreva um prompt.') }]
      : []),
  ],
});
export type LlmParameters = z.output<typeof llmNode.parameters>;
