import { text } from '../../../contracts/text.ts';
import { counted } from './counted.ts';

export const sessionText = {
  signIn: text('Sign in', 'Entrar'),
  signInTitle: text('Welcome back', 'Bem-vindo de volta'),
  email: text('E-mail', 'E-mail'),
  password: text('Password', 'Senha'),
  newPassword: text('New password', 'Nova senha'),
  currentPassword: text('Current password', 'Senha atual'),
  passwordHelp: text('10 characters or more.', '10 caracteres ou mais.'),
  passwordShort: text(
    'A password needs 10 characters or more.',
    'Uma senha precisa de 10 caracteres ou mais.',
  ),
  yourName: text('Your name', 'Seu nome'),
  nameWrong: text('A name has 1 to 64 characters.', 'Um nome tem de 1 a 64 caracteres.'),
  emailWrong: text('This is not an e-mail address.', 'Isto não é um endereço de e-mail.'),
  required: text('Fill this in.', 'Preencha este campo.'),
  fieldsWrong: counted(
    ['{count} field needs another look', '{count} fields need another look'],
    ['{count} campo precisa de correção', '{count} campos precisam de correção'],
  ),

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

  or: text('or', 'ou'),
  continueWith: text('Continue with {name}', 'Continuar com {name}'),
  forgotten: text('Forgot your password?', 'Esqueceu a senha?'),
  mailLink: text('E-mail me a sign-in link', 'Receber link por e-mail'),
  mailLinkTitle: text('Sign in by e-mail', 'Entrar por e-mail'),
  mailLinkHelp: text(
    'We send a link that signs you in, without a password. It works once, for 30 minutes.',
    'Enviamos um link que faz o acesso, sem senha. Ele funciona uma vez, por 30 minutos.',
  ),
  sendLink: text('Send the link', 'Enviar o link'),
  withPassword: text('Sign in with a password', 'Entrar com senha'),
  noAccount: text('New here?', 'Novo por aqui?'),
  makeAccount: text('Create an account', 'Criar uma conta'),
  hasAccount: text('Have an account already?', 'Já tem uma conta?'),
  invitationOnly: text(
    'Accounts here come by invitation: ask somebody of your workspace for one.',
    'Contas aqui são por convite: peça um a alguém do seu workspace.',
  ),
  sessionOver: text('Sign in to go on where you were.', 'Entre para continuar de onde parou.'),

  checkMailTitle: text('Check your mail', 'Veja seu e-mail'),
  checkMail: text('A link is on its way to you.', 'Um link está a caminho.'),
  checkMailMaybe: text(
    'If there is an account for {email}, a mail is on its way to it.',
    'Se existe uma conta para {email}, um e-mail está a caminho.',
  ),
  checkMailSpam: text(
    'Nothing after a few minutes? Look among the spam, or check the address and try again.',
    'Nada em alguns minutos? Olhe no spam, ou confira o endereço e tente de novo.',
  ),
  localMail: text(
    'This Hiviex has no mail server. Whoever runs it finds the mail on the server, in the folder mail of its data folder (.hiviex/mail unless set otherwise).',
    'Este Hiviex não tem servidor de e-mail. Quem o opera encontra a mensagem no servidor, na pasta mail dos dados (.hiviex/mail, se nada mais foi definido).',
  ),
  anotherAddress: text('Use another address', 'Usar outro endereço'),
  backToSignIn: text('Back to signing in', 'Voltar para entrar'),

  codeTitle: text('Confirm it is you', 'Confirme que é você'),
  codeHelp: text(
    'Enter the six digits that your authenticator app shows for Hiviex.',
    'Digite os seis dígitos que seu aplicativo autenticador mostra para o Hiviex.',
  ),
  code: text('Code', 'Código'),
  codeWrong: text('The code has six digits.', 'O código tem seis dígitos.'),
  recoveryCode: text('Recovery code', 'Código de recuperação'),
  recoveryHelp: text(
    'Enter one of the recovery codes you kept. Each works once.',
    'Digite um dos códigos de recuperação que você guardou. Cada um funciona uma vez.',
  ),
  useRecovery: text('Use a recovery code instead', 'Usar um código de recuperação'),
  useApp: text('Use the authenticator app', 'Usar o aplicativo autenticador'),
  confirm: text('Confirm', 'Confirmar'),

  forgotTitle: text('Set a new password', 'Definir uma nova senha'),
  forgotHelp: text(
    'We mail you a link to choose a new one. It works once, for 30 minutes.',
    'Enviamos um link para escolher outra. Ele funciona uma vez, por 30 minutos.',
  ),
  resetTitle: text('Choose a new password', 'Escolha uma nova senha'),
  resetHelp: text(
    'You are then signed out everywhere else.',
    'Depois disso, você sai de todos os outros lugares.',
  ),
  resetAction: text('Save the password', 'Salvar a senha'),
  resetDone: text('Your password is changed. Sign in with it.', 'Sua senha foi alterada. Entre com ela.'),
  linkIncomplete: text('This link is not complete', 'Este link está incompleto'),
  linkIncompleteHelp: text(
    'Open it again from the mail, or copy the whole address.',
    'Abra-o de novo a partir do e-mail, ou copie o endereço inteiro.',
  ),
  openLinkTitle: text('Sign in to Hiviex', 'Entrar no Hiviex'),
  openLinkHelp: text('As {email}.', 'Como {email}.'),
  newLink: text('Ask for a new link', 'Pedir um novo link'),

  verifyTitle: text('Confirm your address', 'Confirme seu endereço'),
  verifyHelp: text(
    'Enter the password that you gave when you made the account. If you made none, close this page: nothing happens.',
    'Digite a senha que você informou ao criar a conta. Se você não criou nenhuma, feche esta página: nada acontece.',
  ),
  verifyAction: text('Confirm', 'Confirmar'),
  verifyDone: text('Your address is confirmed', 'Seu endereço está confirmado'),
  verifyDoneHelp: text(
    'Mail about your account reaches you now.',
    'Agora os e-mails da sua conta chegam até você.',
  ),
  verifyFailed: text('This address was not confirmed', 'Este endereço não foi confirmado'),
  verifyFailedNext: text(
    'Your profile has a button that sends a new link.',
    'No seu perfil há um botão que envia um novo link.',
  ),
  goOn: text('Go on', 'Continuar'),

  signUpTitle: text('Create your account', 'Crie sua conta'),
  signUpHelp: text(
    'You draw automations in a workspace of your own, and can invite others.',
    'Você desenha automações no seu próprio workspace e pode convidar outras pessoas.',
  ),
  signUpSent: text(
    'We sent a mail to {email}. Open its link to confirm the address; your account is ready then.',
    'Enviamos um e-mail para {email}. Abra o link dele para confirmar o endereço; sua conta estará pronta.',
  ),
  signUpClosed: text('Nobody can sign up by themselves here', 'Aqui ninguém se cadastra sozinho'),

  providerFailed: text('{name} can not be reached right now.', '{name} não pode ser alcançado agora.'),
  providerFailedNext: text(
    'Try again in a moment, or sign in another way.',
    'Tente de novo em instantes, ou entre de outra forma.',
  ),
};
