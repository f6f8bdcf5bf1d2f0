import { z } from 'zod';
import { dynamicJson, dynamicText } from '../expression.ts';
import { field } from '../field.ts';
import { defineNodeType } from '../node-type.ts';
import { oneMain } from '../ports.ts';
import { text } from '../text.ts';
import { authentication, credentialField, credentialMissing, nameAndValue } from './shared-fields.ts';

export const graphqlNode = defineNodeType({
  type: 'graphql',
  version: 1,
  role: 'effect',
  group: 'actions',
  icon: 'BrandGraphql',
  label: text('GraphQL', 'GraphQL'),
  description: text('Asks a GraphQL API, once per item.', 'Consulta uma API GraphQL, uma vez por item.'),
  keywords: ['api', 'query', 'mutation', 'consulta', 'mutação'],
  parameters: z.object({
    url: field(z.string({ error: 'A request needs a URL.' }).min(1, 'A request needs a URL.').max(8_000), {
      label: text('URL', 'URL'),
      placeholder: 'https://api.example.com/graphql',
    }),
    authentication,
    credential: credentialField({ authentication: ['credential'] }),
    headers: field(z.array(nameAndValue).default([]), { label: text('Headers', 'Cabeçalhos') }),
    query: field(dynamicText(z.string().max(200_000)).default(''), {
      label: text('Query', 'Consulta'),
      help: text(
        'Put values into variables, never into the query itself.',
        'Coloque valores em variáveis, nunca dentro da consulta.',
      ),
      placeholder: 'query ($id: ID!) { order(id: $id) { total } }',
      control: 'multiline',
    }),
    variables: field(dynamicJson().default('{}'), { label: text('Variables', 'Variáveis'), control: 'json' }),
    operationName: field(dynamicText().default(''), {
      label: text('Operation', 'Operação'),
      help: text('Needed when the query holds several.', 'Necessária quando a consulta tem várias.'),
    }),
    itemsFrom: field(z.string().trim().default(''), {
      label: text('Items from', 'Itens de'),
      help: text(
        'Path of a list in the data that becomes the items. Empty: one item with the whole answer.',
        'Caminho de uma lista nos dados que vira os itens. Vazio: um item com a resposta inteira.',
      ),
      placeholder: 'orders.nodes',
    }),
    errors: field(z.enum(['fail', 'data']).default('fail'), {
      label: text('Errors in the answer', 'Erros na resposta'),
      options: {
        fail: text('Fail the step', 'Falham o passo'),
        data: text('Go on, as errors beside the data', 'Seguem, como errors ao lado dos dados'),
      },
    }),
    concurrency: field(z.int().min(1).max(50).default(10), {
      label: text('Requests at a time', 'Requisições ao mesmo tempo'),
    }),
  }),
  inputs: oneMain,
  outputs: oneMain,
  check: ({ authentication: by, credential, query }) => [
    ...(by === 'credential' ? credentialMissing(credential) : []),
    ...(query.trim() === ''
      ? [{ path: ['query'], message: text('Write a query.', 'Escreva uma consulta.') }]
      : []),
  ],
});
export type GraphqlParameters = z.output<typeof graphqlNode.parameters>;
