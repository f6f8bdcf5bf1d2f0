import { text } from '../../../contracts/text.ts';
import { counted } from './counted.ts';

export const rerunsText = {
  retry: text('Retry', 'Repetir'),
  retryTitle: text('Retry this run', 'Repetir esta execução'),
  newRun: text(
    'A new run is started, linked to this one. This run and its record stay as they are.',
    'Uma nova execução é iniciada, ligada a esta. Esta execução e seu registro ficam como estão.',
  ),
  from: text('Start from', 'Começar de'),
  fromFailure: text('The failed step', 'O passo que falhou'),
  fromStart: text('The beginning', 'O início'),
  fromNode: text('A node', 'Um nó'),
  node: text('Node', 'Nó'),
  version: text('Version', 'Versão'),
  same: text('The version it had', 'A versão que ela tinha'),
  latest: text('What is published now', 'O que está publicado agora'),
  draftVersion: text('The draft', 'O rascunho'),
  editInput: text('Change the input of {name}', 'Mudar a entrada de {name}'),
  inputOf: text('Input of {name}', 'Entrada de {name}'),
  sameInput: text('Back to what it had', 'Voltar ao que era'),
  counts: text('Not run again: their results are used', 'Não executam de novo: valem os resultados'),
  runs: text('Run, if items reach them', 'Executam, se itens chegarem'),
  changed: text('changed', 'mudou'),
  nothing: text('none', 'nenhum'),
  keys: text(
    'A step that was tried and never succeeded carries the same idempotency key again, so the other side can tell a second try from a second order.',
    'Um passo que foi tentado e nunca teve sucesso leva a mesma chave de idempotência, para o outro lado distinguir uma nova tentativa de um novo pedido.',
  ),
  start: text('Start', 'Iniciar'),
  retryOf: text('Retry of {run}', 'Repetição de {run}'),
  reused: text(
    'The result of run {run} is used: the step did not run here.',
    'Vale o resultado da execução {run}: o passo não executou aqui.',
  ),
  hold: text('Keep', 'Manter'),
  held: text('Kept: retention never deletes this run.', 'Mantida: a retenção nunca apaga esta execução.'),
  emptied: text(
    'What its steps gave was deleted by the retention of this workspace.',
    'O que seus passos deram foi apagado pela retenção deste workspace.',
  ),

  many: text('Bulk actions', 'Ações em massa'),
  retryMany: text('Retry the failed runs listed', 'Repetir as execuções listadas que falharam'),
  cancelMany: text('Cancel the listed runs under way', 'Cancelar as execuções listadas em andamento'),
  cancelThem: text('Cancel the runs', 'Cancelar as execuções'),
  retryQuestion: counted(
    ['{count, number} failed run will be retried.', '{count, number} failed runs will be retried.'],
    [
      '{count, number} execução que falhou será repetida.',
      '{count, number} execuções que falharam serão repetidas.',
    ],
  ),
  cancelQuestion: counted(
    ['{count, number} run under way will be cancelled.', '{count, number} runs under way will be cancelled.'],
    [
      '{count, number} execução em andamento será cancelada.',
      '{count, number} execuções em andamento serão canceladas.',
    ],
  ),
  manyHelp: text(
    'All that the filters of the list find, on every page of it. Runs that start from now on are left alone; what has ended meanwhile, or was retried already, is skipped.',
    'Tudo o que os filtros da lista acham, em todas as páginas. Execuções que começarem a partir de agora ficam de fora; o que terminou nesse meio-tempo ou já foi repetido é pulado.',
  ),
  progress: text(
    '{done, number} done, {skipped, number} skipped, {failed, number} failed, of {total, number}',
    '{done, number} feitas, {skipped, number} puladas, {failed, number} com falha, de {total, number}',
  ),
  lately: text('Lately', 'Recentes'),
  retryJob: text('Retry: {done} of {total} · {state}', 'Repetição: {done} de {total} · {state}'),
  cancelJob: text('Cancel: {done} of {total} · {state}', 'Cancelamento: {done} de {total} · {state}'),
  running: text('Running', 'Em andamento'),
  paused: text('Paused', 'Pausada'),
  finished: text('Finished', 'Concluída'),
  cancelled: text('Stopped', 'Parada'),
  pause: text('Pause', 'Pausar'),
  resume: text('Go on', 'Continuar'),
  stop: text('Stop', 'Parar'),
  close: text('Close', 'Fechar'),
};
