import { z } from 'zod';
import { dynamicJson, dynamicText } from '../expression.ts';
import { field } from '../field.ts';
import { defineNodeType } from '../node-type.ts';
import { oneMain } from '../ports.ts';
import { text } from '../text.ts';
import { knowledgeBaseField, knowledgeBaseMissing } from './knowledge-fields.ts';

export const knowledgeIngestNode = defineNodeType({
  type: 'knowledge-ingest',
  version: 1,
  role: 'effect',
  group: 'ai',
  icon: 'BookUpload',
  label: text('Add to knowledge', 'Adicionar ao conhecimento'),
  description: text(
    'Puts a text into a knowledge base as a document, or a new version of it in its place, once per item.',
    'Põe um texto em uma base de conhecimento como documento, ou uma nova versão no lugar dele, uma vez por item.',
  ),
  keywords: ['ai', 'rag', 'documents', 'ingest', 'index', 'upload', 'documentos', 'indexar', 'conhecimento'],
  parameters: z.object({
    base: knowledgeBaseField(),
    name: field(dynamicText().default(''), {
      label: text('Name', 'Nome'),
      help: text('What citations call it.', 'Como as citações o chamam.'),
      placeholder: '={{ $json.title }}',
    }),
    text: field(dynamicText().default(''), {
      label: text('Text', 'Texto'),
      help: text('Markdown: headings are kept.', 'Markdown: os títulos são mantidos.'),
      control: 'multiline',
      placeholder: '={{ $json.text }}',
    }),
    key: field(dynamicText().default(''), {
      label: text('Key', 'Chave'),
      help: text(
        'What it is known by: the next text of the same key takes its place. Empty: a document of its own.',
        'Pelo que é conhecido: o próximo texto com a mesma chave toma o lugar dele. Vazio: um documento próprio.',
      ),
      placeholder: '={{ $json.id }}',
    }),
    metadata: field(dynamicJson().default(''), {
      label: text('Metadata', 'Metadados'),
      help: text(
        'What searches filter by: a flat object, as {"team":"sales","year":2024}.',
        'Pelo que as buscas filtram: um objeto plano, como {"team":"vendas","year":2024}.',
      ),
      control: 'json',
    }),
    wait: field(z.boolean().default(true), {
      label: text('Wait until it is found', 'Esperar até que seja encontrado'),
    }),
    concurrency: field(z.int().min(1).max(20).default(3), {
      label: text('Documents at a time', 'Documentos ao mesmo tempo'),
    }),
  }),
  inputs: oneMain,
  outputs: oneMain,
  check: ({ base, text: content }) => [
    ...knowledgeBaseMissing(base),
    ...(content === '' ? [{ path: ['text'], message: text('Give a text.', 'Informe um texto.') }] : []),
  ],
});
