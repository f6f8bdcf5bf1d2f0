import { z } from 'zod';
import { dynamicJson, dynamicText } from '../expression.ts';
import { field } from '../field.ts';
import { defineNodeType } from '../node-type.ts';
import { none, oneMain } from '../ports.ts';
import { text } from '../text.ts';

export const stopAndError = defineNodeType({
  type: 'stop-and-error',
  version: 1,
  role: 'compute',
  group: 'flow',
  icon: 'AlertOctagon',
  label: text('Stop and error', 'Parar com erro'),
  description: text(
    'Ends the run as failed, with an error of your own.',
    'Termina a execução como falha, com um erro seu.',
  ),
  keywords: ['throw', 'fail', 'abort', 'exception', 'raise', 'falhar', 'abortar', 'exceção'],
  parameters: z.object({
    mode: field(z.enum(['message', 'object']).default('message'), {
      label: text('Error', 'Erro'),
      options: {
        message: text('A message', 'Uma mensagem'),
        object: text('An object', 'Um objeto'),
      },
    }),
    message: field(dynamicText().default(''), {
      label: text('Message', 'Mensagem'),
      control: 'multiline',
      showWhen: { mode: ['message'] },
    }),
    object: field(dynamicJson().default('{ "code": "out-of-stock", "message": "Nothing is left." }'), {
      label: text('Object', 'Objeto'),
      help: text(
        'Its code, message and hint become those of the run; the whole stands in the details.',
        'Seus code, message e hint se tornam os da execução; o objeto inteiro fica nos detalhes.',
      ),
      control: 'json',
      showWhen: { mode: ['object'] },
    }),
    code: field(dynamicText(z.string().max(64)).default('stopped'), {
      label: text('Code', 'Código'),
      help: text(
        'What programs and error automations tell errors apart by.',
        'Por onde programas e automações de erro distinguem erros.',
      ),
      showWhen: { mode: ['message'] },
    }),
  }),
  inputs: oneMain,
  outputs: none,
});
