/** Forms, approvals and links that a run waits behind. */
import { text } from '../text.ts';
import type { ProblemKind } from './problem-kind.ts';

export const waitingProblems = {
  'form-not-found': {
    status: 404,
    title: text('There is no form at this address.', 'Não há formulário neste endereço.'),
    next: text(
      'Check the address; its automation may not be published any more.',
      'Confira o endereço; a automação dele pode não estar mais publicada.',
    ),
  },
  'form-over': {
    status: 410,
    title: text(
      'This page was open for too long, or was not made here.',
      'Esta página ficou aberta por tempo demais, ou não foi feita aqui.',
    ),
    next: text(
      'Nothing was kept. Open the form anew, and send it from there.',
      'Nada foi guardado. Abra o formulário de novo, e envie dali.',
    ),
  },
  'link-invalid': {
    status: 404,
    title: text('This link is not valid.', 'Este link não é válido.'),
    next: text(
      'Check that it was copied whole, or ask for a new one.',
      'Confira se foi copiado inteiro, ou peça um novo.',
    ),
  },
  'link-used': {
    status: 409,
    title: text('This link was used already.', 'Este link já foi usado.'),
    next: text('It works once; nothing was changed.', 'Ele funciona uma vez; nada mudou.'),
  },
  'wait-over': {
    status: 410,
    title: text(
      'It is too late: nobody waits for this any more.',
      'Já é tarde: ninguém espera mais por isto.',
    ),
    next: text(
      'The time for it ran out and the run went on without.',
      'O prazo acabou e a execução continuou sem isso.',
    ),
  },
  'run-over': {
    status: 410,
    title: text('What this belonged to has ended.', 'Aquilo a que isto pertencia já terminou.'),
    next: text('Ask for a new link if it is still needed.', 'Peça um novo link se ainda for necessário.'),
  },
  'resume-method': {
    status: 405,
    title: text('This link takes {method}.', 'Este link aceita {method}.'),
    next: text('Call it with that method.', 'Chame-o com esse método.'),
  },
  'approval-over': {
    status: 409,
    title: text(
      'This has been decided or has ended: {state}.',
      'Isto já foi decidido ou encerrado: {state}.',
    ),
    next: text('Nothing is left to decide.', 'Não há mais nada a decidir.'),
  },
  'decided-already': {
    status: 409,
    title: text('You have decided this already.', 'Você já decidiu isto.'),
    next: text('A decision stands; nothing was changed.', 'Uma decisão não muda; nada foi alterado.'),
  },
  'not-an-approver': {
    status: 409,
    title: text('You are not asked to decide this.', 'A decisão não foi pedida a você.'),
    next: text('Whoever is named as approver can.', 'Quem foi indicado para aprovar pode.'),
  },
  'comment-needed': {
    status: 422,
    title: text('This decision needs a comment.', 'Esta decisão precisa de um comentário.'),
    next: text('Say why.', 'Diga por quê.'),
  },
} as const satisfies Record<string, ProblemKind>;
