/** Who somebody is, and how they came in. */
import { text } from '../text.ts';
import type { ProblemKind } from './problem-kind.ts';

export const identityProblems = {
  unauthorized: {
    status: 401,
    title: text('Sign in first.', 'Entre primeiro.'),
    next: text(
      'Send an API key as "Authorization: Bearer …", or sign in.',
      'Envie uma chave de API como "Authorization: Bearer …" ou entre.',
    ),
  },
  'wrong-password': {
    status: 401,
    title: text('E-mail or password is wrong.', 'E-mail ou senha errados.'),
    next: text(
      'Check both and try again. After several wrong tries the password rests for a while; a link by mail works all the same. New here: open the link in our mail first.',
      'Confira os dois e tente de novo. Depois de vários erros a senha fica em pausa por um tempo; um link por e-mail funciona mesmo assim. Conta nova: abra antes o link do nosso e-mail.',
    ),
  },
  'wrong-code': {
    status: 403,
    title: text('This code is wrong or was used.', 'Este código está errado ou já foi usado.'),
    next: text(
      'Wait for the next code of your app; to sign in, a recovery code works too. After several wrong ones you have to sign in again.',
      'Espere o próximo código do aplicativo; para entrar, um código de recuperação também serve. Depois de vários erros é preciso entrar de novo.',
    ),
  },
  'confirm-it-is-you': {
    status: 403,
    title: text('Your present password is missing or wrong.', 'A senha atual falta ou está errada.'),
    next: text(
      'Enter the password you sign in with. After several wrong ones it rests for a while.',
      'Informe a senha com que você entra. Depois de vários erros ela fica em pausa por um tempo.',
    ),
  },
  'link-over': {
    status: 403,
    title: text(
      'This link is over: it works once and not for long.',
      'Este link não vale mais: funciona uma vez e por pouco tempo.',
    ),
    next: text('Ask for a new one.', 'Peça um novo.'),
  },
  'sign-up-closed': {
    status: 403,
    title: text('Accounts are by invitation here.', 'Aqui as contas são por convite.'),
    next: text(
      'Ask somebody in the workspace to invite you.',
      'Peça a alguém do workspace que convide você.',
    ),
  },
  'second-factor-set': {
    status: 409,
    title: text('There is a second factor already.', 'Já existe um segundo fator.'),
    next: text('Turn it off first.', 'Desative-o antes.'),
  },
  'no-second-factor': {
    status: 409,
    title: text('There is no second factor.', 'Não há segundo fator.'),
    next: text('Begin to set one up first.', 'Comece a configurar um antes.'),
  },
  'takes-a-person': {
    status: 409,
    title: text('This takes a person in a browser.', 'Isto precisa de uma pessoa em um navegador.'),
    next: text(
      'Sign in to the app and do it there; an API key can not.',
      'Entre no aplicativo e faça por lá; uma chave de API não pode.',
    ),
  },
  'setup-token': {
    status: 403,
    title: text('This set-up token is not valid.', 'Este token de configuração não é válido.'),
    next: text(
      'Use the set-up link that the server printed on its console.',
      'Use o link de configuração que o servidor mostrou no console.',
    ),
  },
  'setup-done': {
    status: 409,
    title: text('Hiviex is set up already.', 'O Hiviex já está configurado.'),
    next: text('Sign in instead.', 'Entre na sua conta.'),
  },
  'email-taken': {
    status: 409,
    title: text('There is an account with this e-mail.', 'Já existe uma conta com este e-mail.'),
    next: text('Sign in with it.', 'Entre com ela.'),
  },
} as const satisfies Record<string, ProblemKind>;
