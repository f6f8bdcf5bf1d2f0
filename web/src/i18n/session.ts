import { text } from '../../../contracts/text.ts';

export const sessionText = {
  signIn: text('Sign in', 'Entrar'),
  signInTitle: text('Welcome back', 'Bem-vindo de volta'),
  email: text('E-mail', 'E-mail'),
  password: text('Password', 'Senha'),
  passwordHelp: text('10 characters or more.', '10 caracteres ou mais.'),
  setupTitle: text('Make it yours', 'Deixe com a sua cara'),
  setupHelp: text(
    'You are the first here. Name a workspace and make its owner; everything can be changed later.',
    'Você é o primeiro aqui. Dê nome ao workspace e crie o dono; tudo pode ser mudado depois.',
  ),
  setupNoToken: text(
    'This page needs the one-time link that the server printed on its console when it started. Open that link.',
    'Esta página precisa do link de uso único que o servidor mostrou no console ao iniciar. Abra aquele link.',
  ),
  setupDone: text('This instance is set up already.', 'Esta instância já está configurada.'),
  workspace: text('Workspace', 'Workspace'),
  workspaceDefault: text('My workspace', 'Meu workspace'),
  setupAction: text('Create the owner and start', 'Criar o dono e começar'),
  emailWrong: text('This is not an e-mail address.', 'Isto não é um endereço de e-mail.'),
  required: text('Fill this in.', 'Preencha este campo.'),
};
