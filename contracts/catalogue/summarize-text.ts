import { z } from 'zod';
import { dynamicText } from '../expression.ts';
import { field } from '../field.ts';
import { defineNodeType } from '../node-type.ts';
import { oneMain } from '../ports.ts';
import { text } from '../text.ts';
import { concurrencyField, modelField, modelUnreadable } from './model-fields.ts';
import { fieldPath } from './shared-fields.ts';

export const summarizeText = defineNodeType({
  type: 'summarize-text',
  version: 1,
  role: 'effect',
  group: 'ai',
  icon: 'AlignLeft',
  label: text('Summarize text', 'Resumir texto'),
  description: text(
    'Says in short what a text says. A long one is summarized part by part, and then as a whole.',
    'Diz em poucas palavras o que um texto diz. Um longo é resumido parte por parte e depois por inteiro.',
  ),
  keywords: ['ai', 'summary', 'tldr', 'shorten', 'resumo', 'sintetizar', 'encurtar'],
  parameters: z.object({
    text: field(dynamicText().default(''), {
      label: text('Text', 'Texto'),
      control: 'multiline',
      placeholder: '={{ $json.text }}',
    }),
    style: field(z.enum(['sentence', 'paragraph', 'bullets']).default('paragraph'), {
      label: text('Form', 'Forma'),
      options: {
        sentence: text('One sentence', 'Uma frase'),
        paragraph: text('A paragraph', 'Um parágrafo'),
        bullets: text('Bullet points', 'Tópicos'),
      },
    }),
    language: field(dynamicText().default(''), {
      label: text('Language', 'Idioma'),
      help: text('Empty: that of the text.', 'Vazio: o do texto.'),
      placeholder: 'Portuguese',
    }),
    instructions: field(dynamicText().default(''), {
      label: text('More instructions', 'Mais instruções'),
      control: 'multiline',
    }),
    into: fieldPath(text('Field for the summary', 'Campo para o resumo'), 'summary'),
    model: modelField(),
    concurrency: concurrencyField(),
  }),
  inputs: oneMain,
  outputs: oneMain,
  check: ({ text: content, model }) => [
    ...modelUnreadable(model),
    ...(content === '' ? [{ path: ['text'], message: text('Give a text.', 'Informe um texto.') }] : []),
  ],
});
export type SummarizeTextParameters = z.output<typeof summarizeText.parameters>;
