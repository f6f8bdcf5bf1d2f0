import { text } from '../../../contracts/text.ts';

export const workspacesText = {
  switch: text('Workspace: {name}. Switch or create one.', 'Workspace: {name}. Trocar ou criar.'),
  mine: text('Your workspaces', 'Seus workspaces'),
  create: text('Create a workspace', 'Criar um workspace'),
  createTitle: text('A new workspace', 'Um novo workspace'),
  name: text('Name', 'Nome'),
  none: text('No workspace', 'Nenhum workspace'),
  noneTitle: text('Welcome', 'Boas-vindas'),
  noneHeading: text('You are in no workspace yet', 'Você ainda não está em nenhum workspace'),
  noneText: text(
    'Automations, runs and credentials live in a workspace, which you share with whom you like. Create one, or ask somebody of theirs to invite {email}.',
    'Automações, execuções e credenciais vivem em um workspace, que você divide com quem quiser. Crie um, ou peça a alguém que convide {email} para o dele.',
  ),
  chooseText: text('Choose where to work.', 'Escolha onde trabalhar.'),
  enter: text('Open', 'Abrir'),
  switched: text('You are in {name} now.', 'Agora você está em {name}.'),
};
