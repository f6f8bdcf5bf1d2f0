import { z } from 'zod';
import { dynamicText } from '../expression.ts';
import { field } from '../field.ts';
import { defineNodeType } from '../node-type.ts';
import { oneMain } from '../ports.ts';
import { text } from '../text.ts';
import { concurrencyField, modelField, modelUnreadable } from './model-fields.ts';
import { fieldPath } from './shared-fields.ts';

export const classifyText = defineNodeType({
  type: 'classify-text',
  version: 1,
  role: 'effect',
  group: 'ai',
  icon: 'Tags',
  label: text('Classify text', 'Classificar texto'),
  description: text(
    'Puts a text into one of your categories, and says why.',
    'Põe um texto em uma das suas categorias e diz por quê.',
  ),
  keywords: [
    'ai',
    'category',
    'label',
    'sentiment',
    'intent',
    'triage',
    'categoria',
    'sentimento',
    'triagem',
  ],
  parameters: z.object({
    text: field(dynamicText().default(''), {
      label: text('Text', 'Texto'),
      control: 'multiline',
      placeholder: '={{ $json.message }}',
    }),
    categories: field(
      z
        .array(
          z.object({
            name: field(z.string().trim().max(100).default(''), {
              label: text('Category', 'Categoria'),
              fixed: true,
            }),
            description: field(z.string().max(1_000).default(''), {
              label: text('When it fits', 'Quando se aplica'),
              fixed: true,
            }),
          }),
        )
        .max(50)
        .default([]),
      { label: text('Categories', 'Categorias') },
    ),
    otherwise: field(z.string().trim().max(100).default('other'), {
      label: text('When none fits', 'Quando nenhuma serve'),
      help: text(
        'What is written then. Empty: one of the categories in any case.',
        'O que se escreve então. Vazio: uma das categorias de qualquer forma.',
      ),
      fixed: true,
    }),
    instructions: field(dynamicText().default(''), {
      label: text('More instructions', 'Mais instruções'),
      control: 'multiline',
    }),
    into: fieldPath(text('Field for the category', 'Campo para a categoria'), 'category'),
    model: modelField(),
    concurrency: concurrencyField(),
  }),
  inputs: oneMain,
  outputs: oneMain,
  check: ({ text: content, categories, model }) => [
    ...modelUnreadable(model),
    ...(content === '' ? [{ path: ['text'], message: text('Give a text.', 'Informe um texto.') }] : []),
    ...(categories.filter(({ name }) => name !== '').length === 0
      ? [{ path: ['categories'], message: text('Name a category.', 'Nomeie uma categoria.') }]
      : []),
  ],
});
export type ClassifyTextParameters = z.output<typeof classifyText.parameters>;
