import { z } from 'zod';
import { conditionFields, ignoreCase } from '../conditions.ts';
import { listenedName } from '../events.ts';
import { field } from '../field.ts';
import { gateFields, gateProblems } from '../gates.ts';
import { defineNodeType } from '../node-type.ts';
import { none, oneMain } from '../ports.ts';
import { text } from '../text.ts';

export const eventTrigger = defineNodeType({
  type: 'event-trigger',
  version: 1,
  role: 'trigger',
  group: 'triggers',
  icon: 'Broadcast',
  label: text('Event', 'Evento'),
  description: text(
    'Starts a run when an event of the workspace is heard.',
    'Inicia uma execução quando um evento do workspace é ouvido.',
  ),
  keywords: ['event', 'listen', 'subscribe', 'bus', 'run.failed', 'ouvir', 'assinar'],
  parameters: z.object({
    name: field(listenedName.default('order.paid'), {
      label: text('Event', 'Evento'),
      help: text(
        'A name, or order.* for everything under order. Hiviex itself emits run.finished, run.failed, agent.finished, agent.failed, chat.answered, chat.feedback and file.uploaded.',
        'Um nome, ou order.* para tudo sob order. O próprio Hiviex emite run.finished, run.failed, agent.finished, agent.failed, chat.answered, chat.feedback e file.uploaded.',
      ),
      placeholder: 'order.paid',
      fixed: true,
    }),
    ...conditionFields,
    ignoreCase,
    ...gateFields,
  }),
  check: gateProblems,
  inputs: none,
  outputs: oneMain,
  listens: ({ name }) => [{ kind: 'event', key: name }],
});
