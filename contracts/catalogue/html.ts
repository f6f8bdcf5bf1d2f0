import { z } from 'zod';
import { dynamicText } from '../expression.ts';
import { field } from '../field.ts';
import { defineNodeType } from '../node-type.ts';
import { oneMain } from '../ports.ts';
import { text } from '../text.ts';
import { fieldPath, keepOthers } from './shared-fields.ts';

const fromField = { operation: ['extract', 'clean'] } as const;

const extraction = z.object({
  name: field(z.string().trim().default(''), { label: text('Name', 'Nome'), placeholder: 'title' }),
  selector: field(dynamicText().default(''), {
    label: text('CSS selector', 'Seletor CSS'),
    placeholder: '.product h2 > a',
  }),
  take: field(z.enum(['text', 'html', 'attribute', 'value']).default('text'), {
    label: text('Take', 'Pegar'),
    options: {
      text: text('Text', 'Texto'),
      html: text('HTML inside', 'HTML interno'),
      attribute: text('Attribute', 'Atributo'),
      value: text('Value of a form field', 'Valor de um campo de formulário'),
    },
  }),
  attribute: field(z.string().trim().default(''), {
    label: text('Attribute', 'Atributo'),
    placeholder: 'href',
    showWhen: { take: ['attribute'] },
  }),
  list: field(z.boolean().default(false), {
    label: text('All that match, as a list', 'Todos os que casam, como lista'),
  }),
});

export const htmlNode = defineNodeType({
  type: 'html',
  version: 1,
  role: 'effect',
  group: 'data',
  icon: 'Html',
  label: text('HTML', 'HTML'),
  description: text(
    'Takes values out of HTML by CSS selectors, cleans it up, or makes a table of the items.',
    'Extrai valores de HTML por seletores CSS, limpa-o, ou faz uma tabela com os itens.',
  ),
  keywords: ['extract', 'scrape', 'css', 'selector', 'table', 'sanitize', 'extrair', 'tabela', 'página'],
  parameters: z.object({
    operation: field(z.enum(['extract', 'clean', 'table']).default('extract'), {
      label: text('Operation', 'Operação'),
      options: {
        extract: text('Extract values', 'Extrair valores'),
        clean: text('Clean up', 'Limpar'),
        table: text('Make a table of all items', 'Fazer uma tabela com todos os itens'),
      },
    }),
    field: fieldPath(text('Field with the HTML', 'Campo com o HTML'), 'data', { showWhen: fromField }),
    values: field(z.array(extraction).max(200).default([]), {
      label: text('Values', 'Valores'),
      help: text(
        'What a selector does not find becomes null, or an empty list.',
        'O que um seletor não encontra vira null, ou uma lista vazia.',
      ),
      showWhen: { operation: ['extract'] },
    }),
    tidyText: field(z.boolean().default(true), {
      label: text('Trim texts and join their white space', 'Aparar textos e juntar espaços'),
      showWhen: { operation: ['extract'] },
    }),
    cleanTo: field(z.enum(['safeHtml', 'text']).default('safeHtml'), {
      label: text('What stays', 'O que fica'),
      options: {
        safeHtml: text('HTML without scripts, styles and forms', 'HTML sem scripts, estilos e formulários'),
        text: text('Only the text', 'Só o texto'),
      },
      showWhen: { operation: ['clean'] },
    }),
    columns: field(z.string().default(''), {
      label: text('Columns', 'Colunas'),
      help: text(
        'Names or paths separated by commas. Empty: every field, in the order in which they appear.',
        'Nomes ou caminhos separados por vírgulas. Vazio: todos os campos, na ordem em que aparecem.',
      ),
      placeholder: 'id, customer.name, total',
      showWhen: { operation: ['table'] },
    }),
    caption: field(dynamicText().default(''), {
      label: text('Caption', 'Legenda'),
      showWhen: { operation: ['table'] },
    }),
    output: fieldPath(text('Result goes to', 'O resultado vai para'), 'html', {
      showWhen: { operation: ['clean', 'table'] },
    }),
    keepOthers: keepOthers(false, fromField),
  }),
  inputs: oneMain,
  outputs: oneMain,
  check: ({ operation, values }) => {
    if (operation !== 'extract') return [];
    if (values.length === 0)
      return [
        { path: ['values'], message: text('Add a value to extract.', 'Adicione um valor para extrair.') },
      ];
    return values.flatMap(({ name, selector, take, attribute }, position) => [
      ...(name === ''
        ? [
            {
              path: ['values', position, 'name'],
              message: text('A value needs a name.', 'Um valor precisa de um nome.'),
            },
          ]
        : []),
      ...(selector === ''
        ? [
            {
              path: ['values', position, 'selector'],
              message: text('A value needs a selector.', 'Um valor precisa de um seletor.'),
            },
          ]
        : []),
      ...(take === 'attribute' && attribute === ''
        ? [
            {
              path: ['values', position, 'attribute'],
              message: text('Name the attribute.', 'Informe o atributo.'),
            },
          ]
        : []),
    ]);
  },
});
export type HtmlParameters = z.output<typeof htmlNode.parameters>;
