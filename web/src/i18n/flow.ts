import { text } from '../../../contracts/text.ts';

export const flowText = {
  title: text('Limits and errors', 'Limites e erros'),
  workspaceHelp: text(
    'Counts for runs that start from now on, of every automation of the workspace. The limit does not count for runs that a schedule starts.',
    'Vale para execuções que começarem a partir de agora, de todas as automações do workspace. O limite não vale para execuções iniciadas por um agendamento.',
  ),
  limit: text('Runs at once', 'Execuções ao mesmo tempo'),
  limitHelp: text(
    'More than these wait or are skipped. Empty: as many as come.',
    'As que passarem disso esperam ou são puladas. Vazio: quantas vierem.',
  ),
  policy: text('When the limit is reached', 'Quando o limite é atingido'),
  queue: text('The new run waits for its turn', 'A nova execução espera a vez'),
  skip: text('The new run is skipped', 'A nova execução é pulada'),
  replace: text('The oldest run is cancelled for it', 'A mais antiga é cancelada no lugar'),
  key: text('Limit by key', 'Limite por chave'),
  keyHelp: text(
    'Runs for which this gives the same value share a limit of their own. It sees the first item that starts the run: with {example}, one customer at a time and others beside. Empty: no such limit.',
    'Execuções em que isto dá o mesmo valor dividem um limite próprio. Vê o primeiro item que inicia a execução: com {example}, um cliente por vez, os outros ao lado. Vazio: sem esse limite.',
  ),
  keyLimit: text('Runs at once for the same key', 'Execuções ao mesmo tempo para a mesma chave'),
  priority: text('Priority', 'Prioridade'),
  priorityHelp: text(
    'Who goes first when there is more to do than workers can, and in the queue of a limit.',
    'Quem vai primeiro quando há mais a fazer do que os workers dão conta, e na fila de um limite.',
  ),
  priorityAuto: text('By what starts the run', 'Pelo que inicia a execução'),
  priority1: text('1 · first', '1 · primeiro'),
  priority2: text('2 · early', '2 · cedo'),
  priority3: text('3 · normal', '3 · normal'),
  priority4: text('4 · late', '4 · tarde'),
  priority5: text('5 · last', '5 · por último'),
  errorAutomation: text('Error automation', 'Automação de erro'),
  errorHelp: text(
    'Starts when a run fails, whoever ended it. It begins with the trigger “When a run fails” and has to be published.',
    'Começa quando uma execução falha, seja quem for que a encerrou. Inicia com o gatilho “Quando uma execução falha” e precisa estar publicada.',
  ),
  asWorkspace: text('The one of the workspace', 'A do workspace'),
  noError: text('None', 'Nenhuma'),
  noErrorTrigger: text('{name} (has no error trigger)', '{name} (sem gatilho de erro)'),
  calledBy: text('Called by run {run}', 'Chamada pela execução {run}'),
  called: text('Runs that it called', 'Execuções que ela chamou'),
  waitsWorkspace: text(
    'Waits for its turn: the workspace lets {limit, number} runs work at once.',
    'Espera a vez: o workspace deixa {limit, number} execuções trabalharem ao mesmo tempo.',
  ),
  waitsAutomation: text(
    'Waits for its turn: this automation lets {limit, number} runs work at once.',
    'Espera a vez: esta automação deixa {limit, number} execuções trabalharem ao mesmo tempo.',
  ),
  waitsKey: text(
    'Waits for its turn: {limit, number} runs work at once for the key “{value}”.',
    'Espera a vez: {limit, number} execuções trabalham ao mesmo tempo para a chave “{value}”.',
  ),
  waitsWorker: text(
    'Waits for a worker: nothing limits it, it begins as soon as one is free.',
    'Espera um worker: nada a limita, ela começa assim que um estiver livre.',
  ),
  save: text('Save', 'Salvar'),
  saved: text('Saved.', 'Salvo.'),
};
