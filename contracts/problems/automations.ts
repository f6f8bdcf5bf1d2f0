/** Automations: their graphs, versions and what starts them. */
import { text } from '../text.ts';
import type { ProblemKind } from './problem-kind.ts';

export const automationProblems = {
  'automation-not-shared': {
    status: 403,
    title: text(
      '"{by}" starts the automation "{automation}", which you may not run.',
      '"{by}" inicia a automação "{automation}", que você não pode executar.',
    ),
    next: text(
      'Ask whoever manages it to share it with you, or choose another automation.',
      'Peça a quem a gerencia que a compartilhe com você, ou escolha outra automação.',
    ),
  },
  'automation-kept': {
    status: 409,
    title: text(
      'This automation holds the starts of the agent "{agent}", which keeps it.',
      'Esta automação guarda os inícios do agente "{agent}", que cuida dela.',
    ),
    next: text('Change the starts of the agent instead.', 'Mude os inícios do agente.'),
  },
  'invalid-graph': {
    status: 422,
    title: text('The automation has problems.', 'A automação tem problemas.'),
    next: text('Correct what errors names, by node and field.', 'Corrija o que errors cita, por nó e campo.'),
  },
  'path-taken': {
    status: 409,
    title: text(
      '{method} {path} is taken by another automation.',
      '{method} {path} já é de outra automação.',
    ),
    next: text('Choose another path for the webhook.', 'Escolha outro caminho para o webhook.'),
  },
  'address-taken': {
    status: 409,
    title: text(
      'The address {address} is taken by another automation.',
      'O endereço {address} já é de outra automação.',
    ),
    next: text('Choose another address for the trigger.', 'Escolha outro endereço para o gatilho.'),
  },
  'not-published': {
    status: 409,
    title: text('This automation is not published.', 'Esta automação não está publicada.'),
    next: text('Publish it, or run its draft.', 'Publique-a ou rode o rascunho.'),
  },
  'no-trigger': {
    status: 422,
    title: text(
      'This automation has no trigger to start from.',
      'Esta automação não tem gatilho para começar.',
    ),
    next: text('Add a trigger node.', 'Adicione um nó de gatilho.'),
  },
  'backfill-range': {
    status: 422,
    title: text('There is nothing to make up for in this time.', 'Não há nada a recuperar nesse período.'),
    next: text(
      'Choose a beginning before the end, both in the past, of a schedule: polls find by themselves what they missed.',
      'Escolha um começo antes do fim, ambos no passado, de um agendamento: consultas acham sozinhas o que perderam.',
    ),
  },
  'backfill-too-many': {
    status: 422,
    title: text(
      '{ticks} ticks or more were due in this time; {most} is the most.',
      'Havia {ticks} disparos ou mais nesse período; o máximo é {most}.',
    ),
    next: text('Do it in parts.', 'Faça em partes.'),
  },
  'event-refused': {
    status: 422,
    title: text('The event was not emitted: {reason}', 'O evento não foi emitido: {reason}'),
    next: text('{hint}', '{hint}'),
  },
  'trigger-gone': {
    status: 409,
    title: text(
      'The trigger that started this run is not in that version, or is disabled there.',
      'O gatilho que iniciou esta execução não está nessa versão ou está desativado nela.',
    ),
    next: text('Take the version that the run had.', 'Use a versão que a execução tinha.'),
  },
} as const satisfies Record<string, ProblemKind>;
