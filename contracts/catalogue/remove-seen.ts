import { z } from 'zod';
import { dynamicNumber, dynamicText } from '../expression.ts';
import { field } from '../field.ts';
import { defineNodeType } from '../node-type.ts';
import { oneMain } from '../ports.ts';
import { text } from '../text.ts';
import { removeDuplicates } from './remove-duplicates.ts';

/** A node of its own beside Remove duplicates, which only computes: this one remembers, so it is an activity with retries. */
export const removeSeen = defineNodeType({
  type: 'remove-seen',
  version: 1,
  role: 'effect',
  group: 'data',
  icon: 'History',
  label: text('Remove seen before', 'Remover já vistos'),
  description: text(
    'Keeps the items that no earlier run has seen.',
    'Mantém os itens que nenhuma execução anterior viu.',
  ),
  keywords: [
    'dedupe',
    'deduplicate',
    'duplicates',
    'history',
    'new',
    'previous',
    'duplicados',
    'novos',
    'histórico',
  ],
  parameters: z.object({
    operation: field(z.enum(['keepNew', 'clear']).default('keepNew'), {
      label: text('Operation', 'Operação'),
      options: {
        keepNew: text('Keep new items', 'Manter itens novos'),
        clear: text('Clear the history', 'Limpar o histórico'),
      },
    }),
    ...removeDuplicates.parameters.shape,
    scope: field(z.enum(['node', 'workspace']).default('node'), {
      label: text('The history is of', 'O histórico é'),
      options: {
        node: text('this node', 'deste nó'),
        workspace: text('the workspace, by a key', 'do workspace, por uma chave'),
      },
    }),
    key: field(dynamicText().default(''), {
      label: text('Key', 'Chave'),
      help: text(
        'Nodes with the same key share their history, also from one automation to another.',
        'Nós com a mesma chave dividem o histórico, também de uma automação a outra.',
      ),
      placeholder: 'orders',
      showWhen: { scope: ['workspace'] },
    }),
    most: field(dynamicNumber(z.int().min(1).max(100_000)).default(10_000), {
      label: text('Most values kept', 'Máximo de valores guardados'),
      help: text(
        'Beyond it the ones that were not seen for longest are forgotten.',
        'Além disso, esquece os que não são vistos há mais tempo.',
      ),
      showWhen: { operation: ['keepNew'] },
    }),
  }),
  inputs: oneMain,
  outputs: oneMain,
});
