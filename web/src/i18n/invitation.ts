import { text } from '../../../contracts/text.ts';

export const invitationText = {
  title: text('Join {workspace}', 'Entrar em {workspace}'),
  loading: text('Your invitation', 'Seu convite'),
  role: text('You are invited as {role}.', 'Você foi convidado como {role}.'),
  expires: text(
    'The invitation ends on {until, datetime(dateStyle: long)}.',
    'O convite termina em {until, datetime(dateStyle: long)}.',
  ),
  broken: text('This invitation does not open', 'Este convite não abre'),
  brokenHelp: text(
    'It was used, taken back or has expired, or the link is not complete. Ask for a new one.',
    'Já foi usado, cancelado ou venceu, ou o link está incompleto. Peça outro.',
  ),
  signUp: text('Create an account and join', 'Criar conta e entrar'),
  hasAccount: text('I have an account', 'Já tenho uma conta'),
  signedInAs: text('You are signed in as {email}.', 'Você está na conta {email}.'),
  accept: text('Join the workspace', 'Entrar no workspace'),
  useOther: text('Use another account', 'Usar outra conta'),
  wrongAccount: text('This invitation is for {email}', 'Este convite é para {email}'),
  wrongAccountHelp: text(
    'You are signed in as {mine}. Sign out, then sign in or sign up with the invited address.',
    'Você está na conta {mine}. Saia e depois entre ou cadastre-se com o endereço convidado.',
  ),
  signOut: text('Sign out and go on', 'Sair e continuar'),
  stay: text('Stay signed in', 'Continuar na conta'),
};
