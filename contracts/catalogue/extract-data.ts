import { z } from 'zod';
import { dynamicText } from '../expression.ts';
import { field } from '../field.ts';
import { defineNodeType } from '../node-type.ts';
import { oneMain } from '../ports.ts';
import { text } from '../text.ts';
import { concurrencyField, modelField, modelUnreadable } from './model-fields.ts';
import { fieldPath } from './shared-fields.ts';

export const extractData = defineNodeType({
  type: 'extract-data',
  version: 1,
  role: 'effect',
  group: 'ai',
  icon: 'ListDetails',
  label: text('Extract data', 'Extrair dados'),
  description: text(
    'Reads fields out of a text: names, dates, amounts. What is not there is null.',
    'Lê campos de um texto: nomes, datas, valores. O que não está lá é null.',
  ),
  keywords: ['ai', 'parse', 'entities', 'fields', 'structured', 'invoice', 'extrair', 'campos', 'entidades'],
  parameters: z.object({
    text: field(dynamicText().default(''), {
      label: text('Text', 'Texto'),
      control: 'multiline',
      placeholder: '={{ $json.text }}',
    }),
    fields: field(
      z
        .array(
          z.object({
            name: field(z.string().trim().max(64).default(''), {
              label: text('Field', 'Campo'),
              fixed: true,
            }),
            type: field(z.enum(['text', 'number', 'boolean', 'date', 'list']).default('text'), {
              label: text('Kind', 'Tipo'),
              options: {
                text: text('Text', 'Texto'),
                number: text('Number', 'Número'),
                boolean: text('Yes or no', 'Sim ou não'),
                date: text('Date (YYYY-MM-DD)', 'Data (AAAA-MM-DD)'),
                list: text('List of texts', 'Lista de textos'),
              },
            }),
            description: field(z.string().max(1_000).default(''), {
              label: text('What it is', 'O que é'),
              fixed: true,
            }),
          }),
        )
        .max(50)
        .default([]),
      { label: text('Fields', 'Campos') },
    ),
    instructions: field(dynamicText().default(''), {
      label: text('More instructions', 'Mais instruções'),
      control: 'multiline',
    }),
    into: fieldPath(text('Field for the result', 'Campo para o resultado'), 'data'),
    model: modelField(),
    concurrency: concurrencyField(),
  }),
  inputs: oneMain,
  outputs: oneMain,
  check: ({ text: content, fields, model }) => [
    ...modelUnreadable(model),
    ...(content === '' ? [{ path: ['text'], message: text('Give a text.', 'Informe um texto.') }] : []),
    ...(fields.filter(({ name }) => name !== '').length === 0
      ? [{ path: ['fields'], message: text('Name a field.', 'Nomeie um campo.') }]
      : []),
  ],
});
export type ExtractDataParameters = z.output<typeof extractData.parameters>;
