/** Words of the policy: what may be done, and what an API key may be limited to. */
import type { Action, Scope } from '../../../contracts/access/actions.ts';
import { type Text, text } from '../../../contracts/text.ts';

export const scopeTexts: Record<Scope, Text> = {
  'automations:read': text('See automations', 'Ver automações'),
  'automations:write': text('Change and publish automations', 'Alterar e publicar automações'),
  'runs:read': text('See runs', 'Ver execuções'),
  'runs:write': text('Start and cancel runs', 'Iniciar e cancelar execuções'),
  'credentials:read': text('See which credentials there are', 'Ver quais credenciais existem'),
  'credentials:write': text('Change credentials', 'Alterar credenciais'),
  'variables:read': text('See variables', 'Ver variáveis'),
  'variables:write': text('Change variables', 'Alterar variáveis'),
  'workspace:read': text('See the workspace', 'Ver o workspace'),
  'workspace:write': text('Rename and delete the workspace', 'Renomear e apagar o workspace'),
  'members:read': text('See members and groups', 'Ver membros e grupos'),
  'members:write': text(
    "Invite and change members and groups: people are not held by a key's scopes",
    'Convidar e alterar membros e grupos: os escopos da chave não limitam pessoas',
  ),
  'keys:read': text('See API keys', 'Ver chaves de API'),
  'keys:write': text('Make and delete API keys', 'Criar e apagar chaves de API'),
  'audit:read': text('Read the audit log', 'Ler o registro de auditoria'),
};

export const actionTexts: Record<Action, Text> = {
  'workspace.view': text('See the workspace', 'Ver o workspace'),
  'workspace.edit': text('Rename the workspace', 'Renomear o workspace'),
  'workspace.delete': text('Delete the workspace', 'Apagar o workspace'),
  'workspace.transfer': text('Hand the workspace over', 'Transferir o workspace'),
  'member.view': text('See members', 'Ver membros'),
  'member.manage': text('Invite, change and remove members', 'Convidar, alterar e remover membros'),
  'group.view': text('See groups', 'Ver grupos'),
  'group.manage': text('Change groups', 'Alterar grupos'),
  'key.view': text('See all API keys', 'Ver todas as chaves de API'),
  'key.manage': text(
    'Make service accounts and delete API keys',
    'Criar contas de serviço e apagar chaves de API',
  ),
  'audit.view': text('Read the audit log', 'Ler o registro de auditoria'),
  'catalogue.view': text('See the catalogue of nodes', 'Ver o catálogo de nós'),
  'automation.list': text('List automations', 'Listar automações'),
  'automation.view': text('Open an automation', 'Abrir uma automação'),
  'automation.create': text('Create automations', 'Criar automações'),
  'automation.edit': text('Edit an automation', 'Editar uma automação'),
  'automation.run': text('Run what is published', 'Rodar o que está publicado'),
  'automation.run-draft': text('Run a draft', 'Rodar um rascunho'),
  'automation.publish': text('Publish an automation', 'Publicar uma automação'),
  'automation.delete': text('Delete an automation', 'Apagar uma automação'),
  'automation.share': text('Share an automation', 'Compartilhar uma automação'),
  'run.list': text('List runs', 'Listar execuções'),
  'run.view': text('Open a run', 'Abrir uma execução'),
  'run.cancel': text('Cancel a run', 'Cancelar uma execução'),
  'credential.list': text('List credentials', 'Listar credenciais'),
  'credential.view': text('Open a credential', 'Abrir uma credencial'),
  'credential.create': text('Create credentials', 'Criar credenciais'),
  'credential.use': text('Use a credential in a node', 'Usar uma credencial em um nó'),
  'credential.edit': text('Edit a credential', 'Editar uma credencial'),
  'credential.delete': text('Delete a credential', 'Apagar uma credencial'),
  'credential.share': text('Share a credential', 'Compartilhar uma credencial'),
  'variable.view': text('See variables', 'Ver variáveis'),
  'variable.edit': text('Change variables', 'Alterar variáveis'),
};

export const rolesText = {
  title: text('Roles', 'Papéis'),
  description: text(
    'What each role may do. What is shared with somebody adds to their role; nothing takes away from it.',
    'O que cada papel pode fazer. O que for compartilhado com alguém se soma ao papel; nada tira dele.',
  ),
  action: text('Action', 'Ação'),
  may: text('{role} may', '{role} pode'),
  mayNot: text('{role} may not', '{role} não pode'),
  byGrant: text('where shared: {level}', 'onde compartilhado: {level}'),
  yours: text('yours', 'seu'),
  legendMay: text('may', 'pode'),
  legendShared: text('may where it is shared with them', 'pode onde for compartilhado com a pessoa'),
  legendMayNot: text('may not', 'não pode'),
};
