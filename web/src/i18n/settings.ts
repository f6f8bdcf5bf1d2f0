import { text } from '../../../contracts/text.ts';
import { counted } from './counted.ts';

export const settingsText = {
  sections: text('Sections of the settings', 'Seções das configurações'),
};

export const workspaceText = {
  title: text('Workspace', 'Workspace'),
  description: text(
    'Everything but people belongs to exactly one workspace.',
    'Tudo, menos as pessoas, pertence a exatamente um workspace.',
  ),
  name: text('Name', 'Nome'),
  nameText: text('How its members see it.', 'Como os membros o veem.'),
  nameWrong: text('Give it a name of 1 to 64 characters.', 'Dê um nome de 1 a 64 caracteres.'),
  renamed: text('The workspace is called {name} now.', 'O workspace agora se chama {name}.'),
  id: text('Id', 'Id'),
  created: text('Created', 'Criado'),
  transfer: text('Hand it over', 'Transferir'),
  transferText: text(
    'Another member becomes the owner, and you an admin. Only they can give it back.',
    'Outro membro passa a ser o dono, e você vira administrador. Só ele pode devolver.',
  ),
  transferAction: text('Hand over…', 'Transferir…'),
  transferTitle: text('Hand “{name}” over', 'Transferir “{name}”'),
  newOwner: text('New owner', 'Novo dono'),
  newOwnerPlaceholder: text('Choose a member', 'Escolha um membro'),
  newOwnerNone: text(
    'You are the only member. Invite somebody first.',
    'Você é o único membro. Convide alguém antes.',
  ),
  transferred: text('{name} owns the workspace now.', 'Agora {name} é o dono do workspace.'),
  leave: text('Leave it', 'Sair dele'),
  leaveText: text(
    'Your personal keys, groups and shares here end. What you made stays.',
    'Suas chaves pessoais, grupos e compartilhamentos aqui acabam. O que você fez fica.',
  ),
  leaveOwner: text('An owner hands the workspace over first.', 'Um dono transfere o workspace antes.'),
  leaveAction: text('Leave', 'Sair'),
  leaveTitle: text('Leave “{name}”?', 'Sair de “{name}”?'),
  left: text('You have left {name}.', 'Você saiu de {name}.'),
  delete: text('Delete it', 'Apagá-lo'),
  deleteText: counted(
    [
      'At once nobody can enter; keys, webhooks and schedules stop, and runs under way go on to their end. You can restore it for {count} day.',
      'At once nobody can enter; keys, webhooks and schedules stop, and runs under way go on to their end. You can restore it for {count} days.',
    ],
    [
      'Na hora, ninguém mais entra; chaves, webhooks e agendamentos param, e execuções em andamento vão até o fim. Você pode restaurá-lo por {count} dia.',
      'Na hora, ninguém mais entra; chaves, webhooks e agendamentos param, e execuções em andamento vão até o fim. Você pode restaurá-lo por {count} dias.',
    ],
  ),
  deleteAction: text('Delete…', 'Apagar…'),
  deleteTitle: text('Delete “{name}”?', 'Apagar “{name}”?'),
  typeName: text('Type {name} to confirm', 'Digite {name} para confirmar'),
  deleted: counted(
    [
      '{name} is deleted. You can restore it for {count} day.',
      '{name} is deleted. You can restore it for {count} days.',
    ],
    [
      '{name} foi apagado. Você pode restaurá-lo por {count} dia.',
      '{name} foi apagado. Você pode restaurá-lo por {count} dias.',
    ],
  ),
  deletedOnes: text('Deleted workspaces', 'Workspaces apagados'),
  deletedOnesText: text('Yours, until they are purged for good.', 'Seus, até serem eliminados de vez.'),
  purged: text('Purged', 'Eliminado'),
  restore: text('Restore', 'Restaurar'),
  restored: text(
    '{name} is back, as it was. Find it among your workspaces.',
    '{name} voltou, como era. Está entre os seus workspaces.',
  ),
};
