import { z } from 'zod';
import { dynamicJson, dynamicText } from '../expression.ts';
import { field } from '../field.ts';
import { defineNodeType } from '../node-type.ts';
import { oneMain } from '../ports.ts';
import { text } from '../text.ts';
import { knowledgeBaseField, knowledgeBaseMissing } from './knowledge-fields.ts';
import { concurrencyField } from './model-fields.ts';

export const knowledgeSearchNode = defineNodeType({
  type: 'knowledge-search',
  version: 1,
  role: 'effect',
  group: 'ai',
  icon: 'BookSearch',
  label: text('Search knowledge', 'Pesquisar conhecimento'),
  description: text(
    'Finds passages of documents in a knowledge base, by meaning and by words, once per item.',
    'Acha trechos de documentos em uma base de conhecimento, pelo sentido e pelas palavras, uma vez por item.',
  ),
  keywords: [
    'ai',
    'rag',
    'documents',
    'search',
    'vector',
    'retrieval',
    'documentos',
    'busca',
    'conhecimento',
  ],
  parameters: z.object({
    base: knowledgeBaseField(),
    query: field(dynamicText().default(''), {
      label: text('Question', 'Pergunta'),
      control: 'multiline',
      placeholder: '={{ $json.question }}',
    }),
    topK: field(dynamicText().default(''), {
      label: text('Passages', 'Trechos'),
      help: text('1 to 50. Empty: as the knowledge base says.', '1 a 50. Vazio: como diz a base.'),
      placeholder: '8',
    }),
    threshold: field(dynamicText().default(''), {
      label: text('Least likeness', 'Semelhança mínima'),
      help: text(
        '0 to 1, for what is found by its meaning alone. Empty: as the knowledge base says.',
        '0 a 1, para o que é achado só pelo sentido. Vazio: como diz a base.',
      ),
      placeholder: '0.3',
    }),
    filter: field(dynamicJson().default(''), {
      label: text('Filter by metadata', 'Filtro por metadados'),
      help: text(
        'Fields of the documents: {"team":"sales"}, {"team":{"in":["a","b"]}} or {"year":{"from":2020,"to":2024}}.',
        'Campos dos documentos: {"team":"vendas"}, {"team":{"in":["a","b"]}} ou {"year":{"from":2020,"to":2024}}.',
      ),
      control: 'json',
    }),
    output: field(z.enum(['passages', 'together']).default('together'), {
      label: text('Gives', 'Dá'),
      options: {
        together: text('One item with all passages', 'Um item com todos os trechos'),
        passages: text('One item per passage', 'Um item por trecho'),
      },
    }),
    concurrency: concurrencyField(),
  }),
  inputs: oneMain,
  outputs: oneMain,
  check: ({ base, query }) => [
    ...knowledgeBaseMissing(base),
    ...(query === ''
      ? [{ path: ['query'], message: text('Write the question.', 'Escreva a pergunta.') }]
      : []),
  ],
});
export type KnowledgeSearchParameters = z.output<typeof knowledgeSearchNode.parameters>;
