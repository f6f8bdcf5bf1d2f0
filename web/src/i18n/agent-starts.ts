import type { AgentStartKind } from '../../../contracts/agents/start.ts';
import { type Text, text } from '../../../contracts/text.ts';

export const startText = {
  title: text('Starts by itself', 'Começa sozinho'),
  help: text(
    'On a schedule or when an event is heard, with a task of its own. Live with the published version.',
    'Em um horário ou quando um evento é ouvido, com uma tarefa própria. Vale com a versão publicada.',
  ),
  none: text(
    'It works when it is talked to, called by the API or asked by an automation. Give it a clock or an event, and it works by itself too.',
    'Ele trabalha quando conversam com ele, pela API ou a pedido de uma automação. Dê a ele um horário ou um evento e ele também trabalha sozinho.',
  ),
  add: text('Add a start', 'Adicionar início'),
  enabled: text('On', 'Ligado'),
  mayNot: text(
    'Who may make automations adds and changes these.',
    'Quem pode criar automações adiciona e muda estes.',
  ),
  pause: text('Pause or run now', 'Pausar ou executar agora'),
  runs: text('Runs', 'Execuções'),
  scheduleTask: text(
    'Look at what came in since yesterday and sum it up.',
    'Veja o que chegou desde ontem e resuma.',
  ),
  eventTask: text(
    '=The event {{ $json.name }} was heard: {{ JSON.stringify($json.data) }}',
    '=O evento {{ $json.name }} foi ouvido: {{ JSON.stringify($json.data) }}',
  ),
};

export const startKindText: Record<AgentStartKind, Text> = {
  schedule: text('On a schedule', 'Em um horário'),
  event: text('When an event is heard', 'Quando um evento é ouvido'),
};
