/** Parameters that nodes of knowledge bases have. */
import { z } from 'zod';
import { field } from '../field.ts';
import { text } from '../text.ts';

/** Id; '' while none is chosen. */
export const knowledgeBaseField = () =>
  field(z.string({ error: 'Choose a knowledge base.' }).max(64).default(''), {
    label: text('Knowledge base', 'Base de conhecimento'),
    control: 'knowledge',
    fixed: true,
  });

/** For `check`. */
export function knowledgeBaseMissing(base: string) {
  return base === ''
    ? [
        {
          path: ['base'],
          message: text('Choose a knowledge base.', 'Escolha uma base de conhecimento.'),
        },
      ]
    : [];
}
