import { text } from '../../../contracts/text.ts';
import { counted } from './counted.ts';

export const schedulesText = {
  title: text('Schedules', 'Agendamentos'),
  description: text(
    'Every trigger of a published automation that a clock drives: schedules and polls.',
    'Todo gatilho de automação publicada movido por um relógio: agendamentos e consultas.',
  ),
  automation: text('Automation', 'Automação'),
  when: text('When', 'Quando'),
  next: text('Next', 'Próximo'),
  last: text('Last', 'Último'),
  state: text('State', 'Estado'),
  actions: text('Actions', 'Ações'),
  paused: text('Paused', 'Pausado'),
  failing: text('Not getting through', 'Sem resposta'),
  restsUntil: text('Next try {at}', 'Próxima tentativa {at}'),
  ended: text('no more', 'não há mais'),
  never: text('not yet', 'ainda não'),
  pause: text('Pause…', 'Pausar…'),
  pauseTitle: text('Pause {name}?', 'Pausar {name}?'),
  pauseText: text(
    'It stays paused when the automation is published anew. Ticks meanwhile are not made up for by themselves.',
    'Continua pausado quando a automação é publicada de novo. Disparos nesse tempo não são recuperados sozinhos.',
  ),
  note: text('Why', 'Por quê'),
  resume: text('Resume', 'Retomar'),
  resumed: text('It ticks again.', 'Voltou a disparar.'),
  pauseAction: text('Pause', 'Pausar'),
  pausedNow: text('It is paused.', 'Está pausado.'),
  trigger: text('Tick now', 'Disparar agora'),
  ask: text('Ask now', 'Consultar agora'),
  triggered: text('It ticks now.', 'Disparado agora.'),
  backfill: text('Make up for a time…', 'Recuperar um período…'),
  backfillTitle: text('Make up for a time that is over', 'Recuperar um período que passou'),
  backfillText: text(
    'Starts the runs that the schedule as it is now would have started then, one after the other. Ticks that had a run get another.',
    'Inicia as execuções que o agendamento, como está agora, teria iniciado, uma após a outra. Disparos que já tiveram execução ganham outra.',
  ),
  from: text('From', 'De'),
  to: text('To', 'Até'),
  backfillAction: text('Start them', 'Iniciar'),
  backfilled: counted(
    [
      '{count} tick was due then and is being made up for.',
      '{count} ticks were due then and are being made up for.',
    ],
    [
      'Havia {count} disparo nesse período; está sendo recuperado.',
      'Havia {count} disparos nesse período; estão sendo recuperados.',
    ],
  ),
  everySeconds: counted(
    ['every second', 'every {count} seconds'],
    ['a cada segundo', 'a cada {count} segundos'],
  ),
  everyMinutes: counted(
    ['every minute', 'every {count} minutes'],
    ['a cada minuto', 'a cada {count} minutos'],
  ),
  everyHours: counted(['every hour', 'every {count} hours'], ['a cada hora', 'a cada {count} horas']),
  everyDays: counted(['every day', 'every {count} days'], ['todo dia', 'a cada {count} dias']),
  ticks: text(
    '{taken} ticks, {skipped} skipped, {missed} missed',
    '{taken} disparos, {skipped} pulados, {missed} perdidos',
  ),
  emptyTitle: text('Nothing is scheduled', 'Nada agendado'),
  emptyText: text(
    'Give an automation a Schedule trigger (every 5 minutes, weekdays at 9, a cron line) or one that polls an API or a feed, and publish it. Temporal keeps the time: no tick is lost when a process of Hiviex is down.',
    'Dê a uma automação um gatilho Agendamento (a cada 5 minutos, dias úteis às 9, uma linha cron) ou um que consulta uma API ou um feed, e publique. O Temporal cuida do tempo: nenhum disparo se perde quando um processo do Hiviex está parado.',
  ),
};
