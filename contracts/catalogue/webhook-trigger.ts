import { z } from 'zod';
import { field } from '../field.ts';
import { gateFields, gateProblems } from '../gates.ts';
import { defineNodeType } from '../node-type.ts';
import { none, oneMain } from '../ports.ts';
import { text } from '../text.ts';
import { signatureSchemes, signatureSchemeTexts } from '../webhook-signatures.ts';

export const webhookMethods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** When the caller of a webhook gets its answer. */
export const webhookAnswer = z.enum(['immediately', 'lastNode', 'respondNode']);
export type WebhookAnswer = z.output<typeof webhookAnswer>;

export const webhookTrigger = defineNodeType({
  type: 'webhook-trigger',
  version: 1,
  role: 'trigger',
  group: 'triggers',
  icon: 'Webhook',
  label: text('Webhook', 'Webhook'),
  description: text(
    'Starts a run when its address is called.',
    'Inicia uma execução quando o endereço é chamado.',
  ),
  keywords: ['http', 'hook', 'request', 'callback', 'endpoint', 'chamada'],
  parameters: z.object({
    method: field(z.enum(webhookMethods).default('POST'), { label: text('Method', 'Método') }),
    path: field(
      z

        .string({ error: 'A webhook needs a path.' })
        .min(1, 'A webhook needs a path.')
        .max(200)
        .regex(
          /^[A-Za-z0-9_-][A-Za-z0-9._~-]*(\/[A-Za-z0-9_-][A-Za-z0-9._~-]*)*$/,
          'Use letters, digits, . _ ~ - and / between parts, without a slash at either end.',
        )
        .refine(
          (path) => !path.startsWith('test/'),
          'Paths under test/ belong to the editor. Choose another.',
        )
        .refine(
          (path) => !path.startsWith('resume/'),
          'Paths under resume/ belong to runs that wait. Choose another.',
        ),
      {
        label: text('Path', 'Caminho'),
        help: text(
          'The address is /hooks/ and this path. It answers once the automation is published.',
          'O endereço é /hooks/ e este caminho. Ele responde depois que a automação é publicada.',
        ),
        placeholder: 'orders',
        fixed: true,
      },
    ),
    answer: field(webhookAnswer.default('immediately'), {
      label: text('Answer', 'Resposta'),
      options: {
        immediately: text('At once, with the run id', 'Na hora, com o id da execução'),
        lastNode: text('When the last node ends', 'Quando o último nó termina'),
        respondNode: text('By a Respond node', 'Por um nó Responder'),
      },
    }),
    answerWithin: field(z.number().min(1).max(600).default(60), {
      label: text('Hold the caller for at most (seconds)', 'Segurar quem chama por no máximo (segundos)'),
      help: text(
        'After that the caller gets 504 with the run id; the run goes on.',
        'Depois disso quem chama recebe 504 com o id da execução; a execução continua.',
      ),
      showWhen: { answer: ['lastNode', 'respondNode'] },
    }),
    deduplicateBy: field(z.string().max(100).default('idempotency-key'), {
      label: text('Delivery key header', 'Cabeçalho com a chave da entrega'),
      fixed: true,
      help: text(
        'Two calls with the same value in this header start one run.',
        'Duas chamadas com o mesmo valor neste cabeçalho iniciam uma só execução.',
      ),
    }),
    deduplicateByBody: field(z.string().max(200).default(''), {
      label: text('Delivery key in the body', 'Chave da entrega no corpo'),
      fixed: true,
      help: text(
        'Path of a value, such as event.id. Used when the header is not there.',
        'Caminho de um valor, como event.id. Usado quando o cabeçalho não vem.',
      ),
      placeholder: 'event.id',
    }),
    signature: field(z.enum(signatureSchemes).default('none'), {
      label: text('Signature', 'Assinatura'),
      help: text(
        'Deliveries that are not signed by who knows the secret get 401, and start nothing.',
        'Entregas não assinadas por quem conhece o segredo recebem 401, e nada iniciam.',
      ),
      options: signatureSchemeTexts,
    }),
    signatureVariable: field(z.string().max(64).default(''), {
      label: text('Secret variable with the key', 'Variável secreta com a chave'),
      fixed: true,
      help: text(
        'Name of a secret variable of the workspace: what the sender calls signing secret.',
        'Nome de uma variável secreta do workspace: o que quem envia chama de segredo de assinatura.',
      ),
      placeholder: 'STRIPE_WEBHOOK_SECRET',
      showWhen: { signature: ['github', 'stripe', 'slack', 'generic'] },
    }),
    signatureHeader: field(z.string().max(100).default('x-signature'), {
      label: text('Header with the signature', 'Cabeçalho com a assinatura'),
      fixed: true,
      showWhen: { signature: ['generic'] },
    }),
    keepDeliveries: field(z.boolean().default(false), {
      label: text('Keep a log of deliveries', 'Guardar um registro das entregas'),
      help: text(
        'For 7 days, refused ones too; each can be replayed. Costs one row a call.',
        'Por 7 dias, também as recusadas; cada uma pode ser repetida. Custa uma linha por chamada.',
      ),
    }),
    ...gateFields,
  }),
  check: (parameters) => [
    ...signatureProblems(parameters),
    ...gateProblems(parameters),
    ...(parameters.gate === 'none' || parameters.answer === 'immediately'
      ? []
      : [
          {
            path: ['gate'],
            message: text(
              'A webhook with a gate answers at once: nobody can wait for a run that many calls share.',
              'Um webhook com controle de chegada responde na hora: ninguém pode esperar por uma execução que várias chamadas compartilham.',
            ),
          },
        ]),
  ],
  inputs: none,
  outputs: oneMain,
});

function signatureProblems({
  signature,
  signatureVariable,
}: {
  signature: string;
  signatureVariable: string;
}) {
  if (signature === 'none' || signatureVariable !== '') return [];
  return [
    {
      path: ['signatureVariable'],
      message: text(
        'Name the secret variable that holds the key of the signature.',
        'Informe a variável secreta que guarda a chave da assinatura.',
      ),
    },
  ];
}
