import { z } from 'zod';
import { dynamicText } from '../expression.ts';
import { field } from '../field.ts';
import { defineNodeType } from '../node-type.ts';
import { oneMain } from '../ports.ts';
import { text } from '../text.ts';

export const chatReply = defineNodeType({
  type: 'chat-reply',
  version: 1,
  role: 'effect',
  group: 'actions',
  icon: 'MessageReply',
  label: text('Chat reply', 'Resposta no chat'),
  description: text(
    'Says something in the conversation that started the run, once per item. Several in a run are one answer that grows.',
    'Diz algo na conversa que iniciou a execução, uma vez por item. Várias em uma execução são uma resposta que cresce.',
  ),
  keywords: ['chat', 'reply', 'answer', 'say', 'conversation', 'responder', 'resposta', 'dizer', 'conversa'],
  parameters: z.object({
    text: field(dynamicText().default('={{ $json.text }}'), {
      label: text('Text', 'Texto'),
      help: text('Markdown.', 'Markdown.'),
      control: 'multiline',
    }),
    kind: field(z.enum(['answer', 'progress']).default('answer'), {
      label: text('As', 'Como'),
      options: {
        answer: text('A part of the answer', 'Parte da resposta'),
        progress: text('A note of progress', 'Nota de progresso'),
      },
      fixed: true,
    }),
  }),
  inputs: oneMain,
  outputs: oneMain,
});
