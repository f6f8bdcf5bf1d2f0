/** What `?error=` of Auth.js means to a person: what happened and what to do next. */
import { type Text, text } from '../../../contracts/text.ts';

export interface SignInError {
  title: Text;
  next: Text;
}

const tryAgain = text(
  'Try again in a moment, or sign in another way.',
  'Tente de novo em instantes, ou entre de outra forma.',
);

const errors: Record<string, SignInError> = {
  AccessDenied: {
    title: text('You were not let in', 'Seu acesso não foi permitido'),
    next: text(
      'There may be no account for you here yet: ask somebody of your workspace for an invitation.',
      'Talvez ainda não exista uma conta para você aqui: peça um convite a alguém do seu workspace.',
    ),
  },
  EmailNotVerified: {
    title: text(
      'Your provider has not confirmed your e-mail address',
      'Seu provedor não confirmou seu endereço de e-mail',
    ),
    next: text(
      'Confirm it there and come back, or sign in another way.',
      'Confirme-o lá e volte, ou entre de outra forma.',
    ),
  },
  Verification: {
    title: text('This link works no more', 'Este link não funciona mais'),
    next: text(
      'A sign-in link works once and not for long. Ask for a new one.',
      'Um link de acesso funciona uma vez e por pouco tempo. Peça outro.',
    ),
  },
  OAuthAccountNotLinked: {
    title: text('There is an account with this e-mail already', 'Já existe uma conta com este e-mail'),
    next: text(
      'Sign in the way you did before, to be sure it is yours.',
      'Entre da forma que usou antes, para garantir que ela é sua.',
    ),
  },
  CredentialsSignin: {
    title: text('E-mail or password is wrong.', 'E-mail ou senha errados.'),
    next: text('Check both and try again.', 'Confira os dois e tente de novo.'),
  },
  EmailSignin: {
    title: text('The mail could not be sent', 'O e-mail não pôde ser enviado'),
    next: tryAgain,
  },
  MissingCSRF: {
    title: text('This page was open for too long', 'Esta página ficou aberta por tempo demais'),
    next: text('Try again: it is fresh now.', 'Tente de novo: agora ela está atualizada.'),
  },
  SessionRequired: {
    title: text('Sign in first', 'Entre primeiro'),
    next: text('You are then taken to where you were going.', 'Depois você segue para onde ia.'),
  },
  Configuration: {
    title: text('Signing in this way is not set up right', 'Esta forma de acesso não está bem configurada'),
    next: text(
      'Sign in another way; whoever runs this Hiviex finds the cause in its log.',
      'Entre de outra forma; quem opera este Hiviex encontra a causa no log.',
    ),
  },
};
const same: Record<string, keyof typeof errors> = {
  AccountNotLinked: 'OAuthAccountNotLinked',
  EmailSignInError: 'EmailSignin',
};
const unknown: SignInError = {
  title: text('Signing in did not work', 'O acesso não funcionou'),
  next: tryAgain,
};

/** @param code of Auth.js; anything may stand in an address */
export function signInErrorOf(code: string | null): SignInError | undefined {
  if (!code) return undefined;
  const name = Object.hasOwn(same, code) ? same[code]! : code;
  return Object.hasOwn(errors, name) ? errors[name] : unknown;
}
