import { z } from 'zod';
import { dynamicJson, dynamicNumber, dynamicText } from '../expression.ts';
import { field } from '../field.ts';
import { defineNodeType } from '../node-type.ts';
import { oneMain } from '../ports.ts';
import { text } from '../text.ts';

export const respondNode = defineNodeType({
  type: 'respond',
  version: 1,
  role: 'control',
  group: 'flow',
  icon: 'ArrowBackUp',
  label: text('Respond to webhook', 'Responder ao webhook'),
  description: text('Answers the caller; the run goes on.', 'Responde a quem chamou; a execução continua.'),
  keywords: ['answer', 'reply', 'return', 'http', 'resposta'],
  parameters: z.object({
    respondWith: field(
      z.enum(['firstItem', 'allItems', 'json', 'text', 'file', 'redirect', 'nothing']).default('firstItem'),
      {
        label: text('Answer with', 'Responder com'),
        options: {
          firstItem: text('The first item', 'O primeiro item'),
          allItems: text('All items', 'Todos os itens'),
          json: text('JSON', 'JSON'),
          text: text('Text', 'Texto'),
          file: text('A file', 'Um arquivo'),
          redirect: text('A redirect', 'Um redirecionamento'),
          nothing: text('No body', 'Sem corpo'),
        },
      },
    ),
    body: field(dynamicJson().default(''), {
      label: text('Body', 'Corpo'),
      control: 'multiline',
      showWhen: { respondWith: ['json', 'text'] },
    }),
    file: field(dynamicText().default('data'), {
      label: text('File of the first item', 'Arquivo do primeiro item'),
      help: text(
        'The name under which the item carries it, as its files show.',
        'O nome sob o qual o item o carrega, como mostram seus arquivos.',
      ),
      showWhen: { respondWith: ['file'] },
    }),
    location: field(dynamicText().default(''), {
      label: text('Redirect to', 'Redirecionar para'),
      showWhen: { respondWith: ['redirect'] },
    }),
    status: field(dynamicNumber(z.int().min(200).max(599)).default(200), { label: text('Status', 'Status') }),
    headers: field(
      z
        .array(
          z.object({
            name: field(dynamicText().default(''), { label: text('Name', 'Nome') }),
            value: field(dynamicText().default(''), { label: text('Value', 'Valor') }),
          }),
        )
        .default([]),
      { label: text('Headers', 'Cabeçalhos') },
    ),
  }),
  inputs: oneMain,
  outputs: oneMain,
});
