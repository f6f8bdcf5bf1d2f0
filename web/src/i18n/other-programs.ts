import { text } from '../../../contracts/text.ts';

export const otherProgramsText = {
  title: text('Use from other programs', 'Usar em outros programas'),
  menu: text('Other programs…', 'Outros programas…'),
  about: text(
    'Programs that speak OpenAI’s protocol or the Model Context Protocol use this workspace with an API key. What they ask counts against its limits and budgets.',
    'Programas que falam o protocolo da OpenAI ou o Model Context Protocol usam este workspace com uma chave de API. O que pedem conta nos limites e orçamentos dele.',
  ),
  keyFirst: text(
    'The key acts by its role. Make one for each program:',
    'A chave age pelo papel dela. Crie uma para cada programa:',
  ),
  keysOfWorkspace: text('API keys', 'Chaves de API'),
  keysOfYours: text('Your profile', 'Seu perfil'),
  openai: text('OpenAI’s protocol', 'Protocolo da OpenAI'),
  mcp: text('MCP', 'MCP'),
  model: text('Agent or model', 'Agente ou modelo'),
  modelHelp: text(
    'What you may use yourself. Any model of a provider works too: its name, a slash, the model.',
    'O que você mesmo pode usar. Qualquer modelo de um provedor também serve: nome do provedor, barra, modelo.',
  ),
  agentHelp: text(
    'Answers come from what is published of this agent. Its id stays when its name changes.',
    'As respostas vêm do que está publicado deste agente. O id fica quando o nome muda.',
  ),
  address: text('Address', 'Endereço'),
  mcpAbout: text(
    'Published agents, and automations with the trigger “When called”, are tools there. Put this where the program keeps its servers:',
    'Agentes publicados e automações com o gatilho “Quando chamada” são ferramentas ali. Coloque isto onde o programa guarda os servidores:',
  ),
  configuration: text('Configuration', 'Configuração'),
  none: text(
    'There is nothing yet that you may use: an agent that is published and shared with you appears here.',
    'Ainda não há nada que você possa usar: um agente publicado e compartilhado com você aparece aqui.',
  ),
};
