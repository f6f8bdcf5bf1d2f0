/** MCP servers, and the review of their tools. */
import type { Suspicion } from '../../../contracts/mcp/suspicions.ts';
import type { ReviewState } from '../../../contracts/mcp/tool-review.ts';
import { type Text, text } from '../../../contracts/text.ts';

export const mcpText = {
  title: text('MCP servers', 'Servidores MCP'),
  description: text(
    'Tools of other systems for your agents and automations. Models are told of those that somebody has approved.',
    'Ferramentas de outros sistemas para seus agentes e automações. Os modelos só conhecem as que alguém aprovou.',
  ),
  add: text('Add a server', 'Adicionar servidor'),
  emptyTitle: text('No MCP server yet', 'Nenhum servidor MCP ainda'),
  emptyText: text(
    'Many services offer their functions by the Model Context Protocol, at an address that often ends with /mcp. Add one, read what its tools say of themselves, and approve those that your agents may use.',
    'Muitos serviços oferecem suas funções pelo Model Context Protocol, em um endereço que costuma terminar em /mcp. Adicione um, leia o que as ferramentas dizem de si e aprove as que seus agentes podem usar.',
  ),
  emptyViewer: text(
    'Owners and admins add servers here.',
    'Proprietários e administradores adicionam servidores aqui.',
  ),
  name: text('Name', 'Nome'),
  server: text('Server', 'Servidor'),
  tools: text('Tools', 'Ferramentas'),
  actions: text('Actions', 'Ações'),
  where: text('Where it is', 'Onde está'),
  atAddress: text('At an address', 'Em um endereço'),
  asProgram: text('A program here', 'Um programa aqui'),
  url: text('Address', 'Endereço'),
  urlHelp: text('Of the MCP endpoint, over streamable HTTP.', 'Do ponto MCP, por HTTP com streaming.'),
  program: text('Program', 'Programa'),
  programHelp: text(
    'The operator decides which there are (HIVIEX_MCP_COMMANDS). It runs on the machine of Hiviex.',
    'O operador decide quais existem (HIVIEX_MCP_COMMANDS). Roda na máquina do Hiviex.',
  ),
  credentialHelp: text(
    'Sent with every request, to this server only.',
    'Enviada em cada requisição, só a este servidor.',
  ),
  noCredential: text('None', 'Nenhuma'),
  access: text('Access', 'Acesso'),
  eachPerson: text(
    'Each person connects for themselves (OAuth)',
    'Cada pessoa se conecta em nome próprio (OAuth)',
  ),
  eachPersonHelp: text(
    'Agents use it as the person they act for. Runs that nobody started can’t use it.',
    'Os agentes o usam como a pessoa para quem agem. Execuções que ninguém iniciou não podem usá-lo.',
  ),
  connect: text('Connect', 'Conectar'),
  disconnect: text('Disconnect', 'Desconectar'),
  connected: text('You are connected', 'Você está conectado'),
  notConnected: text('You are not connected', 'Você não está conectado'),
  nameMissing: text('Give it a name.', 'Dê um nome a ele.'),
  urlWrong: text(
    'Give an address that begins with https:// or http://.',
    'Informe um endereço que comece com https:// ou http://.',
  ),
  programMissing: text('Choose a program.', 'Escolha um programa.'),
  edit: text('Change', 'Alterar'),
  editTitle: text('Change {name}', 'Alterar {name}'),
  elsewhere: text(
    'At another address it is another server: its tools have to be approved again.',
    'Em outro endereço é outro servidor: as ferramentas precisam ser aprovadas de novo.',
  ),
  saved: text('{name} is saved.', '{name} foi salvo.'),
  refresh: text('Ask for its tools', 'Consultar ferramentas'),
  refreshed: text('{name} told its tools: {count}.', '{name} informou suas ferramentas: {count}.'),
  turnOff: text('Turn off', 'Desligar'),
  turnOn: text('Turn on', 'Ligar'),
  off: text('Turned off', 'Desligado'),
  remove: text('Remove', 'Remover'),
  removeTitle: text('Remove {name}?', 'Remover {name}?'),
  removeText: text(
    'Agents that use it go on without its tools; steps of automations that call it fail.',
    'Agentes que o usam seguem sem as ferramentas; passos de automações que o chamam falham.',
  ),
  failed: text('Fails', 'Falha'),
  approvedOf: text('{approved} of {count} approved', '{approved} de {count} aprovadas'),
  toReview: text('{count} to read', '{count} para ler'),
  review: text('Read and approve', 'Ler e aprovar'),
  see: text('See tools', 'Ver ferramentas'),
  toolsOf: text('Tools of {name}', 'Ferramentas de {name}'),
  reviewHelp: text(
    'Models read these words as if you had written them. Approve what you would tell your agents yourself.',
    'Os modelos leem estas palavras como se fossem suas. Aprove o que você mesmo diria aos seus agentes.',
  ),
  noTools: text('It has told no tools.', 'Ele não informou ferramentas.'),
  listedAt: text('Told', 'Informadas'),
  approve: text('Approve', 'Aprovar'),
  approveAgain: text('Approve what it says now', 'Aprovar o que diz agora'),
  approveAll: text('Approve the {count} that are marked by nothing', 'Aprovar as {count} sem nenhum aviso'),
  revoke: text('Revoke', 'Revogar'),
  forget: text('Forget', 'Esquecer'),
  changedSince: text(
    'It describes itself otherwise since it was approved, and is not used until you approve it again.',
    'Descreve-se de outro modo desde a aprovação e não é usada até você aprovar de novo.',
  ),
  goneSince: text('The server has it no longer.', 'O servidor não a tem mais.'),
  parameters: text('What it takes', 'O que recebe'),
  readOnly: text('says it changes nothing', 'diz que não altera nada'),
  destructive: text('may destroy something', 'pode destruir algo'),
  noDescription: text('It does not say what it does.', 'Não diz o que faz.'),
};

export const reviewStateText: Record<ReviewState, Text> = {
  new: text('Not approved', 'Não aprovada'),
  approved: text('Approved', 'Aprovada'),
  changed: text('Changed', 'Alterada'),
  gone: text('Gone', 'Removida'),
};

export const suspicionText: Record<Suspicion, Text> = {
  orders: text(
    'It tells the model what to do beside the call.',
    'Diz ao modelo o que fazer além da chamada.',
  ),
  hides: text('It asks to keep something from people.', 'Pede para esconder algo das pessoas.'),
  carries: text(
    'It speaks of secrets, or of files that hold some.',
    'Fala de segredos ou de arquivos que os guardam.',
  ),
  markup: text('It pretends to be a part of the system.', 'Finge ser parte do sistema.'),
};
