import type { State } from '../../../contracts/states.ts';
import { type Text, text } from '../../../contracts/text.ts';

export const stateText: Record<State, Text> = {
  waiting: text('Waiting', 'Esperando'),
  queued: text('Queued', 'Na fila'),
  running: text('Running', 'Rodando'),
  succeeded: text('Succeeded', 'Concluída'),
  failed: text('Failed', 'Falhou'),
  cancelled: text('Cancelled', 'Cancelada'),
  skipped: text('Skipped', 'Pulada'),
};
