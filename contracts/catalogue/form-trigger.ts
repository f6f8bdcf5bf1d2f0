import { z } from 'zod';
import { field } from '../field.ts';
import { formFieldsParameter } from '../form-fields.ts';
import { defineNodeType } from '../node-type.ts';
import { none, oneMain } from '../ports.ts';
import { text } from '../text.ts';

export const formTrigger = defineNodeType({
  type: 'form-trigger',
  version: 1,
  role: 'trigger',
  group: 'triggers',
  icon: 'Forms',
  label: text('Form', 'Formulário'),
  description: text(
    'A page that anybody can fill in; sending it starts a run.',
    'Uma página que qualquer um pode preencher; enviá-la inicia uma execução.',
  ),
  keywords: ['form', 'survey', 'page', 'input', 'questionnaire', 'formulário', 'pesquisa', 'cadastro'],
  parameters: z.object({
    path: field(
      z
        .string({ error: 'A form needs a path.' })
        .min(1, 'A form needs a path.')
        .max(100)
        .regex(/^[A-Za-z0-9_-]+$/, 'Use letters, digits, _ and - only.'),
      {
        label: text('Path', 'Caminho'),
        help: text(
          'The address is /forms/ and this path. It answers once the automation is published.',
          'O endereço é /forms/ e este caminho. Ele responde depois que a automação é publicada.',
        ),
        placeholder: 'contact',
        fixed: true,
      },
    ),
    title: field(z.string().max(200).default(''), { label: text('Title', 'Título'), fixed: true }),
    description: field(z.string().max(5_000).default(''), {
      label: text('Description', 'Descrição'),
      help: text('Markdown.', 'Markdown.'),
      control: 'multiline',
      fixed: true,
    }),
    fields: formFieldsParameter(),
    button: field(z.string().max(60).default(''), {
      label: text('Button', 'Botão'),
      placeholder: 'Send',
      fixed: true,
    }),
    afterwards: field(z.enum(['text', 'redirect', 'answer']).default('text'), {
      label: text('After it was sent', 'Depois de enviado'),
      help: text(
        'If Form page nodes follow, their pages come first.',
        'Se houver nós Página de formulário adiante, as páginas deles vêm antes.',
      ),
      options: {
        text: text('Show a text', 'Mostrar um texto'),
        redirect: text('Go to an address', 'Ir para um endereço'),
        answer: text('Show the run’s answer (Respond node)', 'Mostrar a resposta da execução (nó Responder)'),
      },
    }),
    thanks: field(z.string().max(5_000).default(''), {
      label: text('Text', 'Texto'),
      help: text('Markdown.', 'Markdown.'),
      control: 'multiline',
      fixed: true,
      showWhen: { afterwards: ['text'] },
    }),
    location: field(z.string().max(2_000).default(''), {
      label: text('Address', 'Endereço'),
      placeholder: 'https://example.com/thanks',
      fixed: true,
      showWhen: { afterwards: ['redirect'] },
    }),
  }),
  inputs: none,
  outputs: oneMain,
  listens: ({ path }) => [{ kind: 'form', key: path }],
  check: ({ fields, afterwards, location }) => [
    ...(fields.some(({ label, name }) => label !== '' || name !== '')
      ? []
      : [
          {
            path: ['fields'],
            message: text('A form needs at least one field.', 'Um formulário precisa de ao menos um campo.'),
          },
        ]),
    ...(afterwards === 'redirect' && !/^https?:\/\//.test(location)
      ? [
          {
            path: ['location'],
            message: text(
              'The address begins with https:// or http://.',
              'O endereço começa com https:// ou http://.',
            ),
          },
        ]
      : []),
  ],
});
