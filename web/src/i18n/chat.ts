import type { MessageState, ToolState } from '../../../contracts/chat/message.ts';
import { type Text, text } from '../../../contracts/text.ts';
import { counted } from './counted.ts';

export const chatText = {
  title: text('Chat', 'Chat'),
  conversations: text('Conversations', 'Conversas'),
  new: text('New conversation', 'Nova conversa'),
  untitled: text('New conversation', 'Nova conversa'),
  search: text('Search titles and messages', 'Buscar em títulos e mensagens'),
  noMatch: text('Nothing matches “{search}”.', 'Nada combina com “{search}”.'),
  noneYet: text('What you talk about stays here.', 'O que você conversar fica aqui.'),
  unread: text('Not read yet', 'Ainda não lida'),
  busy: text('An answer is being given', 'Uma resposta está sendo dada'),
  openToAll: text('Open to the workspace', 'Aberta ao workspace'),
  back: text('All conversations', 'Todas as conversas'),
  with: text('with {name}', 'com {name}'),
  gone: text('somebody who is gone', 'alguém que não existe mais'),

  whom: text('Whom would you like to talk to?', 'Com quem você quer conversar?'),
  whomText: text(
    'An agent answers, and uses the tools it was given. What needs your word waits for it.',
    'Um agente responde e usa as ferramentas que recebeu. O que precisa da sua palavra espera por ela.',
  ),
  talk: text('Talk to {name}', 'Conversar com {name}'),
  somebodyElse: text('Talk to somebody else', 'Conversar com outro'),
  editPartner: text('Open {name}', 'Abrir {name}'),
  emptyTitle: text('Talk to your first agent', 'Converse com seu primeiro agente'),
  emptyText: text(
    'The example agent answers, and asks before it uses its tool. It needs no key: a sandbox stands in for the model, which is no AI.',
    'O agente de exemplo responde e pergunta antes de usar sua ferramenta. Não precisa de chave: um sandbox faz as vezes do modelo, e não é IA.',
  ),
  makeExample: text('Try the example agent', 'Experimentar o agente de exemplo'),
  noneTitle: text('Nobody to talk to yet', 'Ninguém com quem conversar ainda'),
  noneText: text(
    'Agents appear here once a builder of this workspace has published one for all, or has shared one with you.',
    'Agentes aparecem aqui quando alguém deste workspace publica um para todos ou compartilha um com você.',
  ),

  placeholder: text('Write to {name}…', 'Escreva para {name}…'),
  message: text('Message', 'Mensagem'),
  send: text('Send', 'Enviar'),
  sendHelp: text('Enter sends, Shift Enter begins a line.', 'Enter envia, Shift Enter quebra a linha.'),
  stop: text('Stop answering (Esc)', 'Parar a resposta (Esc)'),
  sending: text('On its way…', 'A caminho…'),
  attach: text('Attach files', 'Anexar arquivos'),
  mayNotTalk: text('You may read here, not write.', 'Você pode ler aqui, não escrever.'),
  isTyping: text('{names} is typing…', '{names} está digitando…'),
  areTyping: text('{names} are typing…', '{names} estão digitando…'),
  here: text('Here now: {names}', 'Aqui agora: {names}'),
  newest: text('Go to the newest message', 'Ir para a mensagem mais recente'),
  older: text('Loading what was said before…', 'Carregando o que foi dito antes…'),
  thread: text('Messages', 'Mensagens'),
  beginning: text('Say something to begin.', 'Diga algo para começar.'),

  thinking: text('Thinking…', 'Pensando…'),
  thoughts: text('What it thought', 'O que pensou'),
  copy: text('Copy this message', 'Copiar esta mensagem'),
  edit: text('Edit and send again', 'Editar e enviar de novo'),
  saveEdit: text('Send again', 'Enviar de novo'),
  again: text('Answer again', 'Responder de novo'),
  good: text('Good answer', 'Boa resposta'),
  bad: text('Bad answer', 'Resposta ruim'),
  before: text('The version before', 'A versão anterior'),
  after: text('The version after', 'A versão seguinte'),
  ofVersions: text('{number} of {count}', '{number} de {count}'),
  image: text('Picture: {name}', 'Imagem: {name}'),
  noAlt: text('without a name', 'sem nome'),
  pictureUnseen: text(
    'Not loaded: {host} would get whatever stands in its address.',
    'Não carregada: {host} receberia tudo o que está no endereço dela.',
  ),
  pictureBroken: text(
    '{host} gave no picture that can be shown.',
    '{host} não deu uma imagem que se possa mostrar.',
  ),
  loadPicture: text('Load the picture', 'Carregar a imagem'),
  openAt: text('Open at {host}', 'Abrir em {host}'),
  leadsTo: text('leads to {place}', 'leva a {place}'),
  copyCode: text('Copy the code', 'Copiar o código'),

  calls: counted(['{count} call', '{count} calls'], ['{count} chamada', '{count} chamadas']),
  tokens: counted(['{number} token', '{number} tokens'], ['{number} token', '{number} tokens']),
  noPrice: text('no price', 'sem preço'),
  input: text('Input', 'Entrada'),
  output: text('Output', 'Saída'),
  asks: text('May it use “{name}”?', 'Pode usar “{name}”?'),
  comment: text('With a comment…', 'Com um comentário…'),
  othersDecide: text('Others are asked to decide this.', 'A decisão foi pedida a outros.'),

  sandbox: text('Sandbox: this is no AI.', 'Sandbox: isto não é IA.'),
  addModel: text('Add a model', 'Adicionar um modelo'),

  menu: text('Actions for this conversation', 'Ações desta conversa'),
  rename: text('Rename', 'Renomear'),
  renameTitle: text('What is it about?', 'Do que se trata?'),
  open: text('Open to the workspace', 'Abrir ao workspace'),
  close: text('Keep it to myself', 'Deixar só para mim'),
  exportMarkdown: text('Export as Markdown', 'Exportar como Markdown'),
  exportJson: text('Export as JSON', 'Exportar como JSON'),
  deleteTitle: text('Delete this conversation?', 'Apagar esta conversa?'),
  deleteText: text(
    'All that was said in it is deleted, its links stop working, and an answer under way is stopped.',
    'Tudo o que foi dito é apagado, seus links param de funcionar e uma resposta em andamento é parada.',
  ),

  share: text('Share by a link…', 'Compartilhar por link…'),
  shareTitle: text('Links to this conversation', 'Links desta conversa'),
  shareText: text(
    'Whoever has a link reads the texts up to here without signing in: nothing that is said later, no input or output of tools.',
    'Quem tem um link lê os textos até aqui sem entrar: nada do que for dito depois, nem entradas ou saídas de ferramentas.',
  ),
  makeLink: text('Make a link', 'Criar um link'),
  linkOnce: text('Copy it now: it is not shown again.', 'Copie agora: ele não é mostrado de novo.'),
  linkMade: text('Link made', 'Link criado'),
  revoke: text('Take it back', 'Revogar'),
  openRun: text('Open the run', 'Abrir a execução'),
  noLinks: text('There is no link.', 'Não há links.'),
};

export const toolStateText: Record<ToolState, Text> = {
  running: text('Running', 'Rodando'),
  waiting: text('Waits for a decision', 'Espera uma decisão'),
  succeeded: text('Done', 'Feita'),
  failed: text('Failed', 'Falhou'),
  denied: text('Not allowed', 'Não permitida'),
};

/** Of an answer that is not simply there. */
export const messageStateText: Record<Exclude<MessageState, 'succeeded'>, Text> = {
  queued: text('Waits for its turn', 'Espera sua vez'),
  running: text('Answering', 'Respondendo'),
  waiting: text('Waits for a decision', 'Espera uma decisão'),
  failed: text('No answer', 'Sem resposta'),
  stopped: text('Stopped', 'Parada'),
};

/** By the code of a note; others show the text that came with them. */
export const noteText: Record<string, Text | undefined> = {};

/** Why there is no answer, by the failure's code; others show the words that came with them. */
export const answerFailureText: Record<string, { message: Text; hint: Text } | undefined> = {
  'no-reply': {
    message: text(
      'The automation ran to its end and said nothing.',
      'A automação rodou até o fim e não disse nada.',
    ),
    hint: text(
      'It answers by the node “Chat reply”: put one on every way that a message can take through it, and publish. Its run shows which way this message took.',
      'Ela responde pelo nó “Resposta no chat”: coloque um em cada caminho que uma mensagem pode seguir nela, e publique. A execução mostra qual caminho esta mensagem seguiu.',
    ),
  },
  'answer-lost': {
    message: text(
      'What was to give this answer ended before the answer did.',
      'O que daria esta resposta terminou antes dela.',
    ),
    hint: text(
      'Ask for a new answer. What tools had done by then stays done.',
      'Peça uma nova resposta. O que as ferramentas já fizeram continua feito.',
    ),
  },
  'answer-not-begun': {
    message: text(
      'The run that was to give this answer could not be started.',
      'A execução que daria esta resposta não pôde ser iniciada.',
    ),
    hint: text(
      'Ask for a new answer. If that fails too, the workflow of the conversation in the Temporal UI shows why.',
      'Peça uma nova resposta. Se isso também falhar, o workflow da conversa na interface do Temporal mostra por quê.',
    ),
  },
  'answerer-unavailable': {
    message: text(
      'The automation that was to answer has no trigger for messages of conversations.',
      'A automação que responderia não tem gatilho para mensagens de conversas.',
    ),
    hint: text(
      'Add the trigger “Chat message” to it and publish it, or begin a conversation with an agent.',
      'Adicione a ela o gatilho “Mensagem de chat” e publique, ou comece uma conversa com um agente.',
    ),
  },
};
