/** Agents and their runs. */
import { text } from '../text.ts';
import type { ProblemKind } from './problem-kind.ts';

export const agentProblems = {
  'agent-not-shared': {
    status: 403,
    title: text(
      '"{by}" uses the agent "{agent}", which you may not use.',
      '"{by}" usa o agente "{agent}", que você não pode usar.',
    ),
    next: text(
      'Ask whoever manages it to share it with you, or choose another agent.',
      'Peça a quem o gerencia que o compartilhe com você, ou escolha outro agente.',
    ),
  },
  'starts-not-allowed': {
    status: 403,
    title: text(
      'You may not let an agent start by itself.',
      'Você não pode fazer um agente começar por conta própria.',
    ),
    next: text(
      'Ask somebody who may make automations to add the start.',
      'Peça a alguém que possa criar automações que adicione o início.',
    ),
  },
  'invalid-agent': {
    status: 422,
    title: text('The agent has problems.', 'O agente tem problemas.'),
    next: text('Correct what errors names.', 'Corrija o que errors cita.'),
  },
  'agent-not-published': {
    status: 409,
    title: text('This agent is not published.', 'Este agente não está publicado.'),
    next: text('Publish it, or run its draft.', 'Publique-o ou rode o rascunho.'),
  },
  'agent-run-over': {
    status: 409,
    title: text('This run has ended.', 'Esta execução já terminou.'),
    next: text('Start a new one.', 'Inicie uma nova.'),
  },
  'openapi-unreadable': {
    status: 422,
    title: text(
      'This is no OpenAPI document that can be read: {reason}',
      'Este não é um documento OpenAPI legível: {reason}',
    ),
    next: text(
      'Give an OpenAPI 3 document in JSON; many services offer one at /openapi.json.',
      'Informe um documento OpenAPI 3 em JSON; muitos serviços o oferecem em /openapi.json.',
    ),
  },
} as const satisfies Record<string, ProblemKind>;
