import { z } from 'zod';
import { listenedName } from '../events.ts';
import { dynamicNumber, dynamicText, isExpression } from '../expression.ts';
import { field } from '../field.ts';
import { defineNodeType, type Port } from '../node-type.ts';
import { mainPort, oneMain } from '../ports.ts';
import { text } from '../text.ts';
import { webhookMethods } from './webhook-trigger.ts';

export const timeUnit = z.enum(['seconds', 'minutes', 'hours', 'days']);
export const timeUnitLabels = {
  seconds: text('seconds', 'segundos'),
  minutes: text('minutes', 'minutos'),
  hours: text('hours', 'horas'),
  days: text('days', 'dias'),
};

/** Modes that wait for something to happen, which may never happen. */
const forSomething = ['webhook', 'signal', 'event'] as const;

export const timeoutPort: Port = { name: 'timeout', label: text('Timed out', 'Prazo esgotado') };

/** A name that stands in an address without being encoded. */
const signalName = z
  .string()
  .max(100)
  .refine(
    (name) => isExpression(name) || /^[A-Za-z0-9._~-]*$/.test(name),
    'Use letters, digits and . _ ~ - only.',
  );

/** Empty as long as the mode is another one. */
const awaitedName = z
  .string()
  .max(100)
  .refine(
    (name) => name === '' || isExpression(name) || listenedName.safeParse(name).success,
    'Name an event such as order.paid, order.* for all under it, or * for all.',
  );

export const waitNode = defineNodeType({
  type: 'wait',
  version: 1,
  role: 'control',
  group: 'flow',
  icon: 'Hourglass',
  label: text('Wait', 'Esperar'),
  description: text(
    'Waits for a time, a date, a call, a signal or an event, from seconds to months.',
    'Espera um tempo, uma data, uma chamada, um sinal ou um evento, de segundos a meses.',
  ),
  keywords: ['delay', 'sleep', 'pause', 'timer', 'until', 'resume', 'callback', 'signal', 'pausa', 'retomar'],
  parameters: z.object({
    mode: field(z.enum(['duration', 'until', 'webhook', 'signal', 'event']).default('duration'), {
      label: text('Wait', 'Esperar'),
      options: {
        duration: text('for a time', 'por um tempo'),
        until: text('until a date', 'até uma data'),
        webhook: text('for a call to the resume address', 'por uma chamada ao endereço de retomada'),
        signal: text('for a signal', 'por um sinal'),
        event: text('for an event', 'por um evento'),
      },
    }),
    amount: field(dynamicNumber(z.number().min(0)).default(1), {
      label: text('Amount', 'Quantidade'),
      showWhen: { mode: ['duration'] },
    }),
    unit: field(timeUnit.default('minutes'), {
      label: text('Unit', 'Unidade'),
      showWhen: { mode: ['duration'] },
      options: timeUnitLabels,
    }),
    until: field(dynamicText().default(''), {
      label: text('Date and time', 'Data e hora'),
      help: text(
        'ISO 8601; without an offset, in the time zone of the automation.',
        'ISO 8601; sem deslocamento, no fuso horário da automação.',
      ),
      placeholder: '2027-01-31T09:00',
      showWhen: { mode: ['until'] },
    }),
    signal: field(signalName.default(''), {
      label: text('Name of the signal', 'Nome do sinal'),
      help: text(
        'Sent with POST /api/v1/runs/<run>/signals/<name>. One that comes before this step is kept for it.',
        'Enviado com POST /api/v1/runs/<execução>/signals/<nome>. Um que chega antes desta etapa fica guardado para ela.',
      ),
      placeholder: 'paid',
      showWhen: { mode: ['signal'] },
    }),
    event: field(awaitedName.default(''), {
      label: text('Event', 'Evento'),
      help: text(
        'A name, or order.* for everything under order. Only events from the beginning of the wait on.',
        'Um nome, ou order.* para tudo sob order. Só eventos a partir do início da espera.',
      ),
      placeholder: 'order.paid',
      showWhen: { mode: ['event'] },
    }),
    matchPath: field(z.string().max(200).default(''), {
      label: text('Only where this of its data', 'Só quando isto dos dados dele'),
      help: text(
        'Path of a value, such as order.id. Empty: any event of the name.',
        'Caminho de um valor, como order.id. Vazio: qualquer evento com o nome.',
      ),
      placeholder: 'order.id',
      fixed: true,
      showWhen: { mode: ['event'] },
    }),
    matchValue: field(dynamicText().default(''), {
      label: text('Is equal to', 'É igual a'),
      placeholder: '={{ $json.id }}',
      showWhen: { mode: ['event'] },
    }),
    method: field(z.enum(['any', ...webhookMethods]).default('POST'), {
      label: text('Method', 'Método'),
      help: text(
        'The address is {{ $execution.resumeUrl }}, which nodes before this one can send. Opened in a browser, it shows a button unless GET is let through: link previews must not resume a run.',
        'O endereço é {{ $execution.resumeUrl }}, que os nós antes deste podem enviar. Aberto no navegador, mostra um botão se GET não for aceito: prévias de links não devem retomar uma execução.',
      ),
      options: { any: text('Any', 'Qualquer') },
      fixed: true,
      showWhen: { mode: ['webhook'] },
    }),
    answer: field(z.enum(['accepted', 'text', 'redirect']).default('accepted'), {
      label: text('Answer', 'Resposta'),
      options: {
        accepted: text('202 with the run id', '202 com o id da execução'),
        text: text('A text', 'Um texto'),
        redirect: text('A redirect', 'Um redirecionamento'),
      },
      showWhen: { mode: ['webhook'] },
    }),
    answerText: field(z.string().max(10_000).default(''), {
      label: text('Text', 'Texto'),
      control: 'multiline',
      fixed: true,
      showWhen: { mode: ['webhook'], answer: ['text'] },
    }),
    answerLocation: field(z.string().max(2_000).default(''), {
      label: text('Redirect to', 'Redirecionar para'),
      placeholder: 'https://example.com/thanks',
      fixed: true,
      showWhen: { mode: ['webhook'], answer: ['redirect'] },
    }),
    limitWait: field(z.boolean().default(false), {
      label: text('Wait no longer than', 'Esperar no máximo'),
      help: text(
        'After that the items leave at "Timed out".',
        'Depois disso os itens saem em "Prazo esgotado".',
      ),
      showWhen: { mode: forSomething },
    }),
    limitAmount: field(dynamicNumber(z.number().min(0)).default(1), {
      label: text('At most', 'No máximo'),
      showWhen: { mode: forSomething, limitWait: [true] },
    }),
    limitUnit: field(timeUnit.default('days'), {
      label: text('Unit', 'Unidade'),
      options: timeUnitLabels,
      showWhen: { mode: forSomething, limitWait: [true] },
    }),
  }),
  inputs: oneMain,
  outputs: ({ mode, limitWait }) =>
    limitWait === true && forSomething.includes(mode as never) ? [mainPort, timeoutPort] : [mainPort],
  check: ({ mode, signal, event, matchPath, matchValue, answer, answerLocation }) => [
    ...(mode === 'event' && event === ''
      ? [{ path: ['event'], message: text('Name the event to wait for.', 'Informe o evento a esperar.') }]
      : []),
    ...(mode === 'event' && matchPath !== '' && matchValue === ''
      ? [
          {
            path: ['matchValue'],
            message: text('Give the value to look for.', 'Informe o valor a procurar.'),
          },
        ]
      : []),
    ...(mode === 'signal' && signal === ''
      ? [{ path: ['signal'], message: text('A signal needs a name.', 'Um sinal precisa de um nome.') }]
      : []),
    ...(mode === 'webhook' && answer === 'redirect' && !/^https?:\/\//.test(answerLocation)
      ? [
          {
            path: ['answerLocation'],
            message: text(
              'A redirect needs an address that begins with https:// or http://.',
              'Um redirecionamento precisa de um endereço que comece com https:// ou http://.',
            ),
          },
        ]
      : []),
  ],
});
