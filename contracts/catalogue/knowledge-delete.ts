import { z } from 'zod';
import { dynamicText } from '../expression.ts';
import { field } from '../field.ts';
import { defineNodeType } from '../node-type.ts';
import { oneMain } from '../ports.ts';
import { text } from '../text.ts';
import { knowledgeBaseField, knowledgeBaseMissing } from './knowledge-fields.ts';

export const knowledgeDeleteNode = defineNodeType({
  type: 'knowledge-delete',
  version: 1,
  role: 'effect',
  group: 'ai',
  icon: 'BookOff',
  label: text('Delete from knowledge', 'Apagar do conhecimento'),
  description: text(
    'Takes a document out of a knowledge base, once per item. One that is not there is none to delete.',
    'Tira um documento de uma base de conhecimento, uma vez por item. Se não existe, não há o que apagar.',
  ),
  keywords: ['ai', 'rag', 'documents', 'remove', 'delete', 'documentos', 'apagar', 'conhecimento'],
  parameters: z.object({
    base: knowledgeBaseField(),
    by: field(z.enum(['key', 'document']).default('key'), {
      label: text('Which', 'Qual'),
      options: {
        key: text('By the key that it was added by', 'Pela chave com que foi adicionado'),
        document: text('By the id of the document', 'Pelo id do documento'),
      },
    }),
    value: field(dynamicText().default(''), {
      label: text('Key or id', 'Chave ou id'),
      placeholder: '={{ $json.id }}',
    }),
    concurrency: field(z.int().min(1).max(50).default(5), {
      label: text('Documents at a time', 'Documentos ao mesmo tempo'),
    }),
  }),
  inputs: oneMain,
  outputs: oneMain,
  check: ({ base, value }) => [
    ...knowledgeBaseMissing(base),
    ...(value === ''
      ? [{ path: ['value'], message: text('Give the key or id.', 'Informe a chave ou o id.') }]
      : []),
  ],
});
