import { text } from '../../../contracts/text.ts';
import { counted } from './counted.ts';

export const rerunsText = {
  retry: text('Retry', 'Repetir'),
  retryTitle: text('Retry this run', 'Repetir esta execução'),
  newRun: text(
    'A new run is started, linked to this one. This run and its record stay as they are.',
    'Uma nova execução é iniciada, ligada a esta. Esta execução e seu registro ficam como estão.',
  ),
  from: text('Begin', 'Começar'),
  fromFailure: text('At the failure', 'Na falha'),
  fromStart: text('At the start', 'No início'),
  fromNode: text('At a node', 'Em um nó'),
  node: text('Node', 'Nó'),
  version: text('Version', 'Versão'),
  same: text('The version it had', 'A versão que ela tinha'),
  latest: text('What is published now', 'O que está publicado agora'),
  draftVersion: text('The draft', 'O rascunho'),
  editInput: text('Change the input of {name}', 'Mudar a entrada de {name}'),
  inputOf: text('Input of {name}', 'Entrada de {name}'),
  sameInput: text('Back to what it had', 'Voltar ao que era'),
  counts: text('Counts again: not run, gives what it gave', 'Vale de novo: não executa, dá o que deu'),
  runs: text('Runs, if something reaches it', 'Executa, se algo chegar até ele'),
  changed: text('changed', 'mudou'),
  nothing: text('none', 'nenhum'),
  keys: text(
    'A step that was tried and never succeeded carries the same idempotency key again, so the other side can tell a second try from a second order.',
    'Um passo que foi tentado e nunca teve sucesso leva a mesma chave de idempotência, para o outro lado distinguir uma nova tentativa de um novo pedido.',
  ),
  start: text('Start', 'Iniciar'),
  retryOf: text('Takes up {run}', 'Retoma {run}'),
  reused: text(
    'Counts again from run {run}: it did not run here.',
    'Vale de novo da execução {run}: não executou aqui.',
  ),
  hold: text('Keep', 'Manter'),
  held: text('Kept: retention never deletes this run.', 'Mantida: a retenção nunca apaga esta execução.'),
  emptied: text(
    'What its steps gave was deleted by the retention of this workspace.',
    'O que seus passos deram foi apagado pela retenção deste workspace.',
  ),

  many: text('Many runs', 'Muitas execuções'),
  retryMany: text('Retry what these filters find', 'Repetir o que estes filtros acham'),
  cancelMany: text('Cancel what these filters find', 'Cancelar o que estes filtros acham'),
  retryQuestion: counted(
    ['{count, number} failed run is retried.', '{count, number} failed runs are retried.'],
    [
      '{count, number} execução que falhou é repetida.',
      '{count, number} execuções que falharam são repetidas.',
    ],
  ),
  cancelQuestion: counted(
    ['{count, number} run under way is cancelled.', '{count, number} runs under way are cancelled.'],
    [
      '{count, number} execução em andamento é cancelada.',
      '{count, number} execuções em andamento são canceladas.',
    ],
  ),
  manyHelp: text(
    'Runs that start from now on are left alone. What is done, or retried already, is skipped.',
    'Execuções que começarem a partir de agora ficam de fora. O que já terminou ou já foi repetido é pulado.',
  ),
  progress: text(
    '{done, number} done, {skipped, number} skipped, {failed, number} failed, of {total, number}',
    '{done, number} feitas, {skipped, number} puladas, {failed, number} com falha, de {total, number}',
  ),
  running: text('Running', 'Em andamento'),
  paused: text('Paused', 'Pausada'),
  finished: text('Finished', 'Concluída'),
  cancelled: text('Stopped', 'Parada'),
  pause: text('Pause', 'Pausar'),
  resume: text('Go on', 'Continuar'),
  stop: text('Stop', 'Parar'),
  close: text('Close', 'Fechar'),
};
