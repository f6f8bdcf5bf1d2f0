import { z } from 'zod';
import { dynamicText } from '../expression.ts';
import { field } from '../field.ts';
import { defineNodeType } from '../node-type.ts';
import { oneMain } from '../ports.ts';
import { text } from '../text.ts';
import { modelField, modelUnreadable } from './model-fields.ts';
import { fieldPath } from './shared-fields.ts';

export const embeddingsNode = defineNodeType({
  type: 'embeddings',
  version: 1,
  role: 'effect',
  group: 'ai',
  icon: 'Vector',
  label: text('Embeddings', 'Embeddings'),
  description: text(
    'Makes a vector of a text, to find texts of like meaning.',
    'Faz um vetor de um texto, para achar textos de sentido parecido.',
  ),
  keywords: ['ai', 'vector', 'embed', 'similarity', 'search', 'rag', 'vetor', 'semelhança', 'busca'],
  parameters: z.object({
    text: field(dynamicText().default(''), {
      label: text('Text', 'Texto'),
      control: 'multiline',
      placeholder: '={{ $json.text }}',
    }),
    model: modelField(),
    into: fieldPath(text('Field for the vector', 'Campo para o vetor'), 'embedding'),
  }),
  inputs: oneMain,
  outputs: oneMain,
  check: ({ text: content, model }) => [
    ...modelUnreadable(model === '' ? 'none' : model),
    ...(content === '' ? [{ path: ['text'], message: text('Give a text.', 'Informe um texto.') }] : []),
  ],
});
export type EmbeddingsParameters = z.output<typeof embeddingsNode.parameters>;
