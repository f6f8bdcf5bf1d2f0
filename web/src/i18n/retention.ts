import { text } from '../../../contracts/text.ts';

export const retentionText = {
  title: text('How long runs are kept', 'Por quanto tempo as execuções ficam guardadas'),
  help: text(
    'Counted from the end of a run, applied within the hour. Runs under way and runs that are held are never deleted.',
    'Conta desde o fim da execução, aplicado em até uma hora. Execuções em andamento e as mantidas nunca são apagadas.',
  ),
  bodyDays: text('Outputs, answers and files, in days', 'Saídas, respostas e arquivos, em dias'),
  runDays: text('Runs, in days', 'Execuções, em dias'),
  zero: text('0 keeps them for ever.', '0 guarda para sempre.'),
  empty: text('Empty: {days} days, as this instance says.', 'Vazio: {days} dias, como diz esta instância.'),
  emptyAutomation: text('Empty: as the workspace says.', 'Vazio: como diz o workspace.'),
  hold: text('Keep all of its runs', 'Manter todas as execuções dela'),
  holdHelp: text(
    'Nothing of them is deleted, whatever the days say.',
    'Nada delas é apagado, digam o que disserem os dias.',
  ),
  save: text('Save how long they are kept', 'Salvar por quanto tempo ficam'),
  saved: text('Saved.', 'Salvo.'),
};
