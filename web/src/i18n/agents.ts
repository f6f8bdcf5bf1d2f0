import type { AgentVisibility } from '../../../contracts/agents/agent.ts';
import type { ListedPart } from '../../../contracts/agents/definition-diff.ts';
import type { AgentRunState } from '../../../contracts/agents/run.ts';
import type { ToolApproval, ToolKind } from '../../../contracts/agents/tool.ts';
import type { Approver } from '../../../contracts/approvals.ts';
import type { WhileBusy } from '../../../contracts/chat/conversation.ts';
import { type Text, text } from '../../../contracts/text.ts';
import { counted } from './counted.ts';

export const agentsText = {
  title: text('Agents', 'Agentes'),
  description: text(
    'Who answers people here: instructions, a model, and tools that they may use.',
    'Quem responde às pessoas aqui: instruções, um modelo e ferramentas que podem usar.',
  ),
  new: text('New agent', 'Novo agente'),
  untitled: text('My agent', 'Meu agente'),
  search: text('Search agents', 'Buscar agentes'),
  example: text('Try an example', 'Experimentar um exemplo'),
  emptyTitle: text('Make your first agent', 'Crie seu primeiro agente'),
  emptyText: text(
    'An agent answers by your instructions and uses tools: automations, web services, code, other agents. The example needs no key: a sandbox answers, which is no AI, and its tool asks you before it does anything.',
    'Um agente responde segundo suas instruções e usa ferramentas: automações, serviços web, código, outros agentes. O exemplo não precisa de chave: um sandbox responde, que não é IA, e a ferramenta pede sua aprovação antes de agir.',
  ),
  noneTitle: text('Nothing to show yet', 'Nada para mostrar ainda'),
  noneText: text(
    'Agents appear here once a builder of this workspace has published some, or has shared one with you.',
    'Agentes aparecem aqui quando alguém deste workspace os publica ou compartilha um com você.',
  ),
  noMatch: text('No agent matches “{search}”.', 'Nenhum agente combina com “{search}”.'),
  noMatchText: text('Search looks at names and descriptions.', 'A busca olha nomes e descrições.'),
  copyOf: text('{name} (copy)', '{name} (cópia)'),
  deleteText: text(
    'Nobody can talk to it any more, and automations that ask it fail. Its runs stay readable; those under way go on.',
    'Ninguém mais poderá conversar com ele, e automações que o consultam falham. As execuções continuam legíveis; as em andamento seguem.',
  ),
  deleted: text('“{name}” was deleted.', '“{name}” foi apagado.'),
  notPublished: text('Draft only', 'Só rascunho'),
  draftChanged: text(
    'The draft has changes that are not published.',
    'O rascunho tem mudanças não publicadas.',
  ),
  lastRun: text('Last run', 'Última execução'),
  neverRan: text('Never ran', 'Nunca rodou'),
  published: text('Published', 'Publicado'),
  updated: text('Changed', 'Alterado'),
  avatar: text('Picture', 'Imagem'),
  back: text('All agents', 'Todos os agentes'),
  readOnly: text(
    'You may look at this agent. Ask somebody who manages it to share it with you for editing.',
    'Você pode ver este agente. Peça a quem o gerencia que o compartilhe com você para edição.',
  ),
  publishedNow: text('Version {number} is published.', 'A versão {number} está publicada.'),
  publishWithNote: text('Publish with a note', 'Publicar com uma nota'),
  isPublished: text('Published', 'Publicado'),
  restored: text('Version {number} is the draft now.', 'A versão {number} agora é o rascunho.'),
  problems: text('Before it can be published', 'Antes de publicar'),
  warnings: text('Worth a look', 'Vale conferir'),
  conflictTitle: text('Somebody else saved this agent', 'Outra pessoa salvou este agente'),
  conflict: text(
    'Your changes are still here. Load theirs, or keep yours and replace theirs.',
    'Suas mudanças ainda estão aqui. Carregue as dela, ou mantenha as suas e substitua as dela.',
  ),
};

/** The editor's form. */
export const agentFormText = {
  about: text('About', 'Sobre'),
  setUp: text('Set it up', 'Configurar'),
  name: text('Name', 'Nome'),
  descriptionLabel: text('What it is for', 'Para que serve'),
  instructions: text('Instructions', 'Instruções'),
  instructionsHelp: text(
    'Who it is, how it works, what it must not do. {{name}} is filled in from the variables below.',
    'Quem ele é, como trabalha, o que não deve fazer. {{nome}} é preenchido pelas variáveis abaixo.',
  ),
  instructionsPlaceholder: text(
    'You answer customers of our shop. Be brief and friendly…',
    'Você responde aos clientes da nossa loja. Seja breve e gentil…',
  ),
  variables: text('Variables', 'Variáveis'),
  variablesHelp: text(
    'Stand in the instructions; whoever starts a run by the API may give other values.',
    'Ficam nas instruções; quem inicia uma execução pela API pode dar outros valores.',
  ),
  addVariable: text('Add a variable', 'Adicionar variável'),
  value: text('Value', 'Valor'),
  remove: text('Remove', 'Remover'),
  model: text('Model', 'Modelo'),
  modelHelp: text(
    'One model, or a chain: the next one answers when the one before it can’t.',
    'Um modelo ou uma cadeia: o próximo responde quando o anterior não consegue.',
  ),
  temperature: text('Temperature', 'Temperatura'),
  temperatureHelp: text('0: the same again and again. 2: wild.', '0: sempre igual. 2: solto.'),
  maxTokens: text('Tokens of one answer', 'Tokens de uma resposta'),
  contextTokens: text('Tokens before it summarizes', 'Tokens antes de resumir'),
  modelsOwn: text('The model’s own', 'O do modelo'),
  starters: text('Starters', 'Sugestões de início'),
  startersHelp: text(
    'Messages that a person may begin with. Enter adds one.',
    'Mensagens com que uma pessoa pode começar. Enter adiciona.',
  ),
  limits: text('Limits of one run', 'Limites de uma execução'),
  limitsHelp: text(
    'It ends, and says so, when it reaches one. Waiting for people does not count as time.',
    'Ela termina, e diz por quê, ao atingir um deles. Esperar por pessoas não conta como tempo.',
  ),
  steps: text('Calls to the model', 'Chamadas ao modelo'),
  tokens: text('Tokens', 'Tokens'),
  money: text('Money in $', 'Dinheiro em US$'),
  seconds: text('Seconds', 'Segundos'),
  noLimit: text('No limit', 'Sem limite'),
  whileBusy: text('A message while it answers', 'Uma mensagem enquanto responde'),
  visibility: text('Who may talk to it', 'Quem pode conversar com ele'),
};

export const visibilityText: Record<AgentVisibility, Text> = {
  private: text('Builders, and whom it is shared with', 'Construtores e com quem for compartilhado'),
  workspace: text('Everybody in the workspace', 'Todos no workspace'),
};

export const whileBusyText: Record<WhileBusy, Text> = {
  enqueue: text('waits for its turn', 'espera sua vez'),
  interrupt: text('ends the answer', 'encerra a resposta'),
  reject: text('is refused', 'é recusada'),
};

export const mcpToolText = {
  server: text('Server', 'Servidor'),
  pick: text('Choose an MCP server', 'Escolha um servidor MCP'),
  none: text(
    'There is no MCP server yet. Whoever manages the workspace adds one under Settings → MCP servers.',
    'Ainda não há servidor MCP. Quem gerencia o workspace adiciona um em Configurações → Servidores MCP.',
  ),
  tool: text('Tool', 'Ferramenta'),
  pickTool: text('Choose one that is approved', 'Escolha uma aprovada'),
  toolHelp: text(
    'All that are approved when a run begins, or one of them.',
    'Todas as aprovadas quando a execução começa, ou uma delas.',
  ),
  all: text('All that are approved', 'Todas as aprovadas'),
  notUsable: text('not approved', 'não aprovada'),
};

export const toolsText = {
  title: text('Tools', 'Ferramentas'),
  help: text(
    'Each is a grant of its own. The model chooses when to call it, never what it can reach.',
    'Cada uma é uma permissão à parte. O modelo escolhe quando chamar, nunca o que ela alcança.',
  ),
  none: text(
    'Without tools it only talks. Give it an automation, and let it ask first.',
    'Sem ferramentas ele só conversa. Dê a ele uma automação, e que peça aprovação antes.',
  ),
  add: text('Add a tool', 'Adicionar ferramenta'),
  name: text('Name, as the model calls it', 'Nome, como o modelo a chama'),
  description: text('When to use it, and what it gives', 'Quando usar e o que ela traz'),
  approval: text('Approval', 'Aprovação'),
  automation: text('Automation', 'Automação'),
  automationHelp: text(
    'Its published version; the fields of its trigger “When called” are the arguments.',
    'A versão publicada; os campos do gatilho “Quando chamada” são os argumentos.',
  ),
  agent: text('Agent', 'Agente'),
  mode: text('How', 'Como'),
  delegate: text('Delegate: it does a task and reports', 'Delegar: faz uma tarefa e relata'),
  handOff: text('Hand over: it takes the conversation', 'Passar adiante: assume a conversa'),
  method: text('Method', 'Método'),
  url: text('Address', 'Endereço'),
  urlHelp: text('The host is fixed: no argument can change it.', 'O host é fixo: nenhum argumento o muda.'),
  credential: text('Credential', 'Credencial'),
  noCredential: text('None', 'Nenhuma'),
  code: text('JavaScript', 'JavaScript'),
  codeHelp: text(
    '$json are the arguments, what it returns is the result. No network, no secrets.',
    '$json são os argumentos, o que retornar é o resultado. Sem rede, sem segredos.',
  ),
  parameters: text('Arguments (JSON schema)', 'Argumentos (JSON schema)'),
  parametersExample: text('What it is called with', 'Com o que é chamado'),
  approvers: text('Who is asked', 'Quem é consultado'),
  approversHelp: text(
    'Nobody named: who started the run, else owners and admins. The first answer counts.',
    'Sem ninguém: quem iniciou a execução, senão donos e administradores. Vale a primeira resposta.',
  ),
  addApprover: text('Add somebody', 'Adicionar alguém'),
  approver: text('Who', 'Quem'),
  approverKind: text('Kind', 'Tipo'),
  chooseRole: text('Choose a role', 'Escolha um papel'),
  hosts: text('Hosts it may read', 'Hosts que pode ler'),
  hostsHelp: text(
    'example.com, *.example.com, or * for the whole public web: an address can carry data out.',
    'example.com, *.example.com ou * para toda a web pública: um endereço pode levar dados para fora.',
  ),
  filesHelp: text(
    'Reads files of the conversation, and writes new ones.',
    'Lê arquivos da conversa e escreve novos.',
  ),
  askHelp: text(
    'Asks people and waits for what they write, for weeks if need be.',
    'Pergunta a pessoas e espera o que escreverem, por semanas se preciso.',
  ),
  openApi: text('From an OpenAPI document…', 'De um documento OpenAPI…'),
  openApiTitle: text('Tools from an OpenAPI document', 'Ferramentas de um documento OpenAPI'),
  openApiUrl: text('Address of the document (JSON)', 'Endereço do documento (JSON)'),
  openApiText: text('Or paste it', 'Ou cole-o'),
  openApiRead: text('Read', 'Ler'),
  openApiAdd: counted(['Add {count} tool', 'Add {count} tools'], ['Adicionar {count}', 'Adicionar {count}']),
  openApiAll: text('Choose all', 'Escolher todas'),
  openApiSkipped: counted(
    ['{count} operation can’t be a tool.', '{count} operations can’t be tools.'],
    ['{count} operação não pode ser ferramenta.', '{count} operações não podem ser ferramentas.'],
  ),
};

export const approverKindText: Record<Approver['kind'], Text> = {
  member: text('Member', 'Membro'),
  role: text('Everybody with the role', 'Todos com o papel'),
  group: text('Everybody in the group', 'Todos do grupo'),
  email: text('E-mail address', 'Endereço de e-mail'),
};

export const partText: Record<ListedPart, Text> = {
  tools: text('Tool', 'Ferramenta'),
  variables: text('Variable', 'Variável'),
  starts: text('Start', 'Início'),
};

export const schemaText = {
  notJson: text('This is not a JSON object.', 'Isto não é um objeto JSON.'),
};

export const outputText = {
  title: text('Answer as JSON', 'Resposta em JSON'),
  help: text(
    'Besides its words, for an automation or a program that works on with it. One more call to the model.',
    'Além das palavras, para uma automação ou programa que continue com ela. Uma chamada a mais ao modelo.',
  ),
  on: text('Give the answer as JSON, too', 'Dar a resposta também em JSON'),
  schema: text('JSON schema', 'JSON schema'),
  example: text('An answer that fits', 'Uma resposta que serve'),
};

export const toolKindText: Record<ToolKind, Text> = {
  automation: text('Automation', 'Automação'),
  http: text('Web service', 'Serviço web'),
  code: text('Code', 'Código'),
  'web-fetch': text('Read web pages', 'Ler páginas web'),
  files: text('Files', 'Arquivos'),
  knowledge: text('Knowledge', 'Conhecimento'),
  agent: text('Another agent', 'Outro agente'),
  'ask-human': text('Ask a person', 'Perguntar a alguém'),
  mcp: text('MCP server', 'Servidor MCP'),
};

export const toolApprovalText: Record<ToolApproval, Text> = {
  allow: text('Allow', 'Permitir'),
  ask: text('Ask', 'Pedir'),
  deny: text('Deny', 'Negar'),
};

/** Where a run of an agent has words that runs of automations have not. */
export const agentRunStateText: Partial<Record<AgentRunState, Text>> = {
  paused: text('Paused', 'Pausada'),
  stopped: text('Stopped', 'Parada'),
};

export const playgroundText = {
  title: text('Try it', 'Experimente'),
  draft: text('Draft', 'Rascunho'),
  version: text('Published', 'Publicado'),
  help: text(
    'A real run: its tools do what they do. Those that ask wait for you here.',
    'Uma execução real: as ferramentas agem de verdade. As que pedem aprovação esperam por você aqui.',
  ),
  notSaved: text(
    'The draft could not be saved: correct what is marked in it.',
    'O rascunho não pôde ser salvo: corrija o que está marcado.',
  ),
  again: text('New conversation', 'Nova conversa'),
  pause: text(
    'Pause: what is under way ends, nothing new begins',
    'Pausar: o que está em curso termina, nada novo começa',
  ),
  pausing: text('Pauses after this step…', 'Pausa depois desta etapa…'),
  resume: text('Go on', 'Continuar'),
  steer: text('Say something while it works…', 'Diga algo enquanto ele trabalha…'),
  steered: text('It hears this before its next step.', 'Ele ouvirá isto antes da próxima etapa.'),
  steps: text('Steps', 'Etapas'),
  model: text('Model', 'Modelo'),
  summary: text('Summary of what is old', 'Resumo do que é antigo'),
  inTemporal: text('Temporal UI', 'Temporal UI'),
};
