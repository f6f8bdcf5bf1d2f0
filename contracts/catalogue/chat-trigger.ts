import { z } from 'zod';
import { field } from '../field.ts';
import { defineNodeType } from '../node-type.ts';
import { none, oneMain } from '../ports.ts';
import { text } from '../text.ts';

export const chatTrigger = defineNodeType({
  type: 'chat-trigger',
  version: 1,
  role: 'trigger',
  group: 'triggers',
  icon: 'MessageCircle',
  label: text('Chat message', 'Mensagem de chat'),
  description: text(
    'Starts a run for each message of a conversation with this automation. Chat reply nodes give the answer.',
    'Inicia uma execução para cada mensagem de uma conversa com esta automação. Nós de resposta no chat dão a resposta.',
  ),
  keywords: ['chat', 'conversation', 'message', 'talk', 'bot', 'conversa', 'mensagem', 'bate-papo'],
  parameters: z.object({
    history: field(z.int().min(0).max(100).default(20), {
      label: text('Messages before', 'Mensagens anteriores'),
      help: text(
        'How many earlier messages of the conversation come along, as history: [{ role, text }], oldest first.',
        'Quantas mensagens anteriores da conversa vêm junto, como history: [{ role, text }], da mais antiga à mais nova.',
      ),
      fixed: true,
    }),
  }),
  inputs: none,
  outputs: oneMain,
});
export type ChatTriggerParameters = z.output<typeof chatTrigger.parameters>;
