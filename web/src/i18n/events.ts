import type { HearingState, SystemEvent } from '../../../contracts/events.ts';
import { type Text, text } from '../../../contracts/text.ts';
import { counted } from './counted.ts';

export const eventsText = {
  title: text('Events', 'Eventos'),
  description: text(
    'What happened in the workspace, and which automations heard of it. Kept for 14 days.',
    'O que aconteceu no workspace, e quais automações ouviram. Guardados por 14 dias.',
  ),
  event: text('Event', 'Evento'),
  source: text('From', 'De'),
  at: text('When', 'Quando'),
  heard: text('Heard by', 'Ouvido por'),
  filter: text('Name, or order.*', 'Nome, ou order.*'),
  nobody: text('nobody', 'ninguém'),
  heardBy: text('heard by', 'ouvido por'),
  runs: counted(['{count} run', '{count} runs'], ['{count} execução', '{count} execuções']),
  telling: text('being told', 'sendo avisado'),
  data: text('Data', 'Dados'),
  hearings: text('Who heard it', 'Quem ouviu'),
  noHearings: text(
    'No published automation listened to this name at that time. Add an Event trigger, publish, and emit it again.',
    'Nenhuma automação publicada ouvia este nome naquele momento. Adicione um gatilho Evento, publique e emita de novo.',
  ),
  depth: text('Follows from {count} events', 'Decorre de {count} eventos'),
  openRun: text('Open the run', 'Abrir a execução'),
  openConversation: text('Open the conversation', 'Abrir a conversa'),
  replay: text('Emit again', 'Emitir de novo'),
  replayHelp: text(
    'A new event with the same data, for whoever listens now.',
    'Um novo evento com os mesmos dados, para quem ouve agora.',
  ),
  emitted: counted(
    ['Emitted: {count} run started.', 'Emitted: {count} runs started.'],
    ['Emitido: {count} execução iniciada.', 'Emitido: {count} execuções iniciadas.'],
  ),
  emit: text('Emit an event', 'Emitir um evento'),
  nameWrong: text(
    'Parts of letters, digits, _ and -, with dots between.',
    'Partes de letras, dígitos, _ e -, com pontos entre elas.',
  ),
  dataWrong: text('This is not JSON.', 'Isto não é JSON.'),
  byRun: text('a run', 'uma execução'),
  byApi: text('the API', 'a API'),
  bySystem: text('Hiviex', 'Hiviex'),
  byReplay: text('emitted again', 'emitido de novo'),
  emptyTitle: text('Let automations talk to each other', 'Deixe as automações conversarem'),
  emptyText: text(
    'Emit order.paid from one automation, or with POST /api/v1/events, and every automation with an Event trigger of that name starts. Hiviex itself tells how runs, agents, answers in chats and uploads went: run.failed, agent.finished, chat.feedback, file.uploaded.',
    'Emita order.paid em uma automação, ou com POST /api/v1/events, e toda automação com um gatilho Evento desse nome começa. O próprio Hiviex conta como foram execuções, agentes, respostas em conversas e envios de arquivos: run.failed, agent.finished, chat.feedback, file.uploaded.',
  ),
  noMatch: text('No event of this name.', 'Nenhum evento com este nome.'),
  noMatchText: text('Try order.* for all under order.', 'Tente order.* para tudo sob order.'),
};

export const hearingText: Record<HearingState, Text> = {
  pending: text('being started', 'sendo iniciada'),
  started: text('started', 'iniciada'),
  filtered: text('its conditions did not hold', 'as condições não valeram'),
  refused: text('one too many in a chain of events', 'um a mais numa cadeia de eventos'),
  failed: text('its conditions could not be evaluated', 'as condições não puderam ser avaliadas'),
  gated: text('held by the gate of its trigger', 'retida pelo controle de chegada do gatilho'),
  dropped: text('dropped by the gate of its trigger', 'descartada pelo controle de chegada do gatilho'),
  gone: text('unpublished meanwhile', 'despublicada nesse meio-tempo'),
};

/** What the events of Hiviex itself say. */
export const systemEventText: Record<SystemEvent, Text> = {
  'run.finished': text('A run has ended, well or not', 'Uma execução terminou, bem ou não'),
  'run.failed': text('A run has failed', 'Uma execução falhou'),
  'agent.finished': text('An agent has done its work', 'Um agente fez o seu trabalho'),
  'agent.failed': text('An agent has failed', 'Um agente falhou'),
  'chat.answered': text(
    'An answer in a conversation is complete',
    'Uma resposta em uma conversa está completa',
  ),
  'chat.feedback': text('Somebody rated an answer', 'Alguém avaliou uma resposta'),
  'file.uploaded': text('A file was uploaded and is ready', 'Um arquivo foi enviado e está pronto'),
};

/** Undefined for an event of somebody else's. */
export function systemEventTextOf(name: string): Text | undefined {
  return name in systemEventText ? systemEventText[name as SystemEvent] : undefined;
}
