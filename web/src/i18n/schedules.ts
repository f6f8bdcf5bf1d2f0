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
    'It stays paused when the automation is published again. What is missed meanwhile does not run later by itself: use Backfill.',
    'Continua pausado quando a automação é publicada de novo. O que se perde nesse tempo não executa depois sozinho: use Recuperar um período.',
  ),
  note: text('Why', 'Por quê'),
  resume: text('Resume', 'Retomar'),
  resumed: text('The schedule goes on.', 'O agendamento foi retomado.'),
  pauseAction: text('Pause', 'Pausar'),
  pausedNow: text('The schedule is paused.', 'O agendamento está pausado.'),
  trigger: text('Run now', 'Executar agora'),
  ask: text('Ask now', 'Consultar agora'),
  triggered: text('It was started now, beside its schedule.', 'Iniciado agora, além do agendamento.'),
  backfill: text('Backfill…', 'Recuperar um período…'),
  backfillTitle: text('Backfill: run what a past time missed', 'Recuperar o que um período passado perdeu'),
  backfillText: text(
    'Starts the runs that the schedule, as it is now, would have started in that time, one after the other. What ran then runs once more.',
    'Inicia as execuções que o agendamento, como está agora, teria iniciado nesse período, uma após a outra. O que já executou executa mais uma vez.',
  ),
  from: text('From', 'De'),
  to: text('To', 'Até'),
  backfillAction: text('Start the runs', 'Iniciar as execuções'),
  backfilled: counted(
    ['{count} run was due then and is being started.', '{count} runs were due then and are being started.'],
    [
      '{count} execução era devida nesse período e está sendo iniciada.',
      '{count} execuções eram devidas nesse período e estão sendo iniciadas.',
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
    'started {taken} times, skipped {skipped}, missed {missed}',
    'iniciado {taken} vezes, pulado {skipped}, perdido {missed}',
  ),
  emptyTitle: text('Nothing is scheduled', 'Nada agendado'),
  emptyText: text(
    'Give an automation a Schedule trigger (every 5 minutes, weekdays at 9, a cron line) or one that polls an API or a feed, and publish it. Temporal keeps the time: nothing is missed when a process of Hiviex is down.',
    'Dê a uma automação um gatilho Agendamento (a cada 5 minutos, dias úteis às 9, uma linha cron) ou um que consulta uma API ou um feed, e publique. O Temporal cuida do tempo: nenhum disparo se perde quando um processo do Hiviex está parado.',
  ),
};
