/** Runs, what is done with them, and their files. */
import { text } from '../text.ts';
import type { ProblemKind } from './problem-kind.ts';

export const runProblems = {
  'run-ended': {
    status: 409,
    title: text('The run has ended already: {state}.', 'A execução já terminou: {state}.'),
    next: text('Start it again if you need another.', 'Inicie outra se precisar.'),
  },
  'run-failed': {
    status: 500,
    title: text(
      'The run failed before it answered: {reason}',
      'A execução falhou antes de responder: {reason}',
    ),
    next: text('Open the run to see the failed step.', 'Abra a execução para ver o passo que falhou.'),
  },
  'answer-late': {
    status: 504,
    title: text(
      'The run goes on; it has not answered in time.',
      'A execução continua; não respondeu a tempo.',
    ),
    next: text('Look at the run by its id.', 'Veja a execução pelo id.'),
  },
  'file-link-over': {
    status: 410,
    title: text('This link to a file is over.', 'Este link para um arquivo não vale mais.'),
    next: text('Ask whoever sent it for a new one.', 'Peça um novo a quem o enviou.'),
  },
  'job-ended': {
    status: 409,
    title: text('This job is over ({state}).', 'Esta tarefa já acabou ({state}).'),
    next: text('Start another one for what is left.', 'Inicie outra para o que falta.'),
  },
  'run-not-ended': {
    status: 409,
    title: text('This run has not ended yet.', 'Esta execução ainda não terminou.'),
    next: text('Wait for its end, or cancel it first.', 'Espere o fim dela ou cancele-a antes.'),
  },
  'run-succeeded': {
    status: 409,
    title: text(
      'This run succeeded: there is no failure to retry from.',
      'Esta execução teve sucesso: não há falha a partir da qual repetir.',
    ),
    next: text(
      'Run it again from its start, or from a node.',
      'Execute de novo desde o início ou a partir de um nó.',
    ),
  },
  'node-gone': {
    status: 409,
    title: text('This node is not in that version.', 'Este nó não está nessa versão.'),
    next: text('Choose a node of the version that is to run.', 'Escolha um nó da versão que vai executar.'),
  },
  'outputs-not-kept': {
    status: 410,
    title: text(
      'All that this step gave is not kept any more.',
      'Tudo o que este passo entregou não está mais guardado.',
    ),
    next: text(
      'What is shown of it is all there is. Run it again, or keep runs for longer.',
      'O que é mostrado é tudo o que há. Execute de novo, ou guarde as execuções por mais tempo.',
    ),
  },
  'outputs-gone': {
    status: 409,
    title: text(
      'What this run worked with is not kept any more.',
      'Os dados com que esta execução trabalhou não estão mais guardados.',
    ),
    next: text(
      'Send items to run it from its start on them.',
      'Envie itens para executá-la desde o início com eles.',
    ),
  },
  'input-not-editable': {
    status: 409,
    title: text(
      'The input of this node can not be edited: it gathers from several steps.',
      'A entrada deste nó não pode ser editada: ele reúne vários passos.',
    ),
    next: text(
      'Edit the input of a node before or behind it.',
      'Edite a entrada de um nó antes ou depois dele.',
    ),
  },
} as const satisfies Record<string, ProblemKind>;
