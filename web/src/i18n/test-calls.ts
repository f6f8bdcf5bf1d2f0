/** Test calls of webhooks and forms, from the editor. */
import { text } from '../../../contracts/text.ts';

export const testCallText = {
  title: text('Test call', 'Chamada de teste'),
  help: text(
    'Takes one call of the draft, as if it were published.',
    'Aceita uma chamada do rascunho, como se estivesse publicado.',
  ),
  listen: text('Listen for a test call', 'Escutar uma chamada de teste'),
  again: text('Listen again', 'Escutar de novo'),
  waiting: text('Waiting for a call, until {time}', 'Esperando uma chamada, até {time}'),
  cancel: text('Stop listening', 'Parar de escutar'),
  openForm: text('Open the form', 'Abrir o formulário'),
  called: text('A call came', 'Chegou uma chamada'),
  over: text('Nobody called in time.', 'Ninguém chamou a tempo.'),
  pin: text('Pin what came', 'Fixar o que chegou'),
  pinned: text('Pinned: runs from here use it.', 'Fixado: as execuções daqui usam isto.'),
};
