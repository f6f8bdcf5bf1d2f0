import { z } from 'zod';
import { approverKind, commentRule } from '../approvals.ts';
import { dynamicNumber, dynamicText } from '../expression.ts';
import { field } from '../field.ts';
import { questionFieldsParameter } from '../form-fields.ts';
import { defineNodeType, type Port } from '../node-type.ts';
import { oneMain } from '../ports.ts';
import { text } from '../text.ts';
import { timeoutPort, timeUnit, timeUnitLabels } from './wait.ts';

const approvedPort: Port = { name: 'approved', label: text('Approved', 'Aprovado') };
const rejectedPort: Port = { name: 'rejected', label: text('Rejected', 'Rejeitado') };

const approvers = () =>
  z.array(
    z.object({
      kind: field(approverKind.default('member'), {
        label: text('Kind', 'Tipo'),
        options: {
          member: text('Member', 'Membro'),
          role: text('Everybody with the role', 'Todos com o papel'),
          group: text('Everybody in the group', 'Todos do grupo'),
          email: text('E-mail address', 'Endereço de e-mail'),
        },
      }),
      who: field(dynamicText().default(''), {
        label: text('Who', 'Quem'),
        help: text(
          'A member’s e-mail address, the name of a role or group, or any e-mail address: it gets a link and needs no account.',
          'O e-mail de um membro, o nome de um papel ou grupo, ou qualquer e-mail: recebe um link e não precisa de conta.',
        ),
        placeholder: 'ana@example.com',
      }),
    }),
  );

const whenLimited = { limitWait: [true] };
const whenEscalating = { limitWait: [true], onDeadline: ['escalate'] };
const outcome = {
  timeout: text('leave at "Timed out"', 'sair em "Prazo esgotado"'),
  approve: text('count as approved', 'contar como aprovado'),
  reject: text('count as rejected', 'contar como rejeitado'),
};

export const approvalNode = defineNodeType({
  type: 'approval',
  version: 1,
  role: 'control',
  group: 'flow',
  icon: 'UserCheck',
  label: text('Approval', 'Aprovação'),
  description: text(
    'Asks people to approve or reject, and waits for as long as it takes.',
    'Pede a pessoas que aprovem ou rejeitem, e espera o tempo que for.',
  ),
  keywords: ['human', 'review', 'confirm', 'decide', 'sign off', 'humano', 'revisão', 'aprovar', 'autorizar'],
  parameters: z.object({
    title: field(dynamicText(z.string().max(300)).default(''), {
      label: text('What is to be decided', 'O que decidir'),
      placeholder: 'Refund of {{ $json.amount }} €',
    }),
    text: field(dynamicText(z.string().max(20_000)).default(''), {
      label: text('Details', 'Detalhes'),
      help: text('Markdown.', 'Markdown.'),
      control: 'multiline',
    }),
    showItems: field(z.boolean().default(true), {
      label: text('Show the items', 'Mostrar os itens'),
      help: text(
        'Approvers see the first ten items, by mail link too.',
        'Quem aprova vê os dez primeiros itens, também pelo link do e-mail.',
      ),
    }),
    fields: questionFieldsParameter(),
    approvers: field(approvers().max(50).default([]), { label: text('Approvers', 'Quem aprova') }),
    needed: field(dynamicNumber(z.int().min(1).max(50)).default(1), {
      label: text('Approvals needed', 'Aprovações necessárias'),
    }),
    rejections: field(dynamicNumber(z.int().min(1).max(50)).default(1), {
      label: text('Rejections that end it', 'Rejeições que encerram'),
    }),
    comment: field(commentRule.default('optional'), {
      label: text('Comment', 'Comentário'),
      options: {
        optional: text('optional', 'opcional'),
        onRejection: text('required to reject', 'obrigatório para rejeitar'),
        always: text('required', 'obrigatório'),
      },
    }),
    mail: field(z.boolean().default(true), {
      label: text('Send a mail', 'Enviar e-mail'),
      help: text('To each approver, with a link.', 'A cada pessoa que aprova, com um link.'),
    }),
    remind: field(z.boolean().default(false), {
      label: text('Remind', 'Lembrar'),
      showWhen: { mail: [true] },
    }),
    remindAmount: field(dynamicNumber(z.number().min(0)).default(1), {
      label: text('Every', 'A cada'),
      showWhen: { mail: [true], remind: [true] },
    }),
    remindUnit: field(timeUnit.default('days'), {
      label: text('Unit', 'Unidade'),
      options: timeUnitLabels,
      showWhen: { mail: [true], remind: [true] },
    }),
    limitWait: field(z.boolean().default(false), { label: text('Deadline', 'Prazo') }),
    limitAmount: field(dynamicNumber(z.number().min(0)).default(3), {
      label: text('After', 'Depois de'),
      showWhen: whenLimited,
    }),
    limitUnit: field(timeUnit.default('days'), {
      label: text('Unit', 'Unidade'),
      options: timeUnitLabels,
      showWhen: whenLimited,
    }),
    onDeadline: field(z.enum(['timeout', 'approve', 'reject', 'escalate']).default('timeout'), {
      label: text('Then', 'Então'),
      options: { ...outcome, escalate: text('ask others as well', 'pedir também a outros') },
      showWhen: whenLimited,
    }),
    escalateTo: field(approvers().max(50).default([]), {
      label: text('Ask these as well', 'Pedir também a'),
      showWhen: whenEscalating,
    }),
    afterEscalation: field(z.enum(['timeout', 'approve', 'reject']).default('timeout'), {
      label: text('After as long again', 'Depois de mais um prazo igual'),
      options: outcome,
      showWhen: whenEscalating,
    }),
  }),
  inputs: oneMain,
  outputs: (parameters) => [approvedPort, rejectedPort, ...(timesOut(parameters) ? [timeoutPort] : [])],
  check: ({ title, approvers, escalateTo, limitWait, onDeadline }) => [
    ...(title === ''
      ? [{ path: ['title'], message: text('Say what is to be decided.', 'Diga o que é para decidir.') }]
      : []),
    ...(approvers.some(({ who }) => who !== '')
      ? []
      : [
          {
            path: ['approvers'],
            message: text('Name at least one approver.', 'Indique ao menos uma pessoa que aprova.'),
          },
        ]),
    ...(limitWait && onDeadline === 'escalate' && !escalateTo.some(({ who }) => who !== '')
      ? [
          {
            path: ['escalateTo'],
            message: text('Name whom to ask after the deadline.', 'Indique a quem pedir depois do prazo.'),
          },
        ]
      : []),
  ],
});

function timesOut({ limitWait, onDeadline, afterEscalation }: Record<string, unknown>): boolean {
  if (limitWait !== true) return false;
  const last = onDeadline === 'escalate' ? afterEscalation : onDeadline;
  return last === undefined || last === 'timeout';
}
