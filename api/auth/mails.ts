/**
 * The mails of accounts, in the language of whoever's request makes them. They are sent beside the request, never within it: an
 * answer that waited for the mail server would tell by its time whether there was somebody to write to.
 */
import type { IncomingMessage } from 'node:http';
import { type Text, text } from '../../contracts/text.ts';
import { renderMail } from '../../outbound/mail/index.ts';
import type { ApiDeps } from '../deps.ts';
import { languageOf } from '../problems.ts';
import { linkOrigin } from './link-origin.ts';

type Deps = Pick<ApiDeps, 'db' | 'config' | 'mailer' | 'log'>;

interface MailKind {
  subject: Text;
  lines: readonly Text[];
  /** Label of the button. */
  action?: Text;
}

const ignore = text(
  'If this was not you, ignore this mail: nothing happens.',
  'Se não foi você, ignore este e-mail: nada acontece.',
);
const notYou = text(
  'If this was not you, set a new password at once: it signs everybody else out.',
  'Se não foi você, defina uma nova senha agora: isso desconecta todos os outros.',
);

export const mailKinds = {
  'magic-link': {
    subject: text('Sign in to Hiviex', 'Entrar no Hiviex'),
    lines: [
      text(
        'Here is your link. It works once, for 30 minutes.',
        'Aqui está seu link. Funciona uma vez, por 30 minutos.',
      ),
      ignore,
    ],
    action: text('Sign in', 'Entrar'),
  },
  'reset-password': {
    subject: text('Set a new password', 'Definir uma nova senha'),
    lines: [
      text(
        'Somebody asked for a new password for your account. This link works once, for 30 minutes.',
        'Alguém pediu uma nova senha para sua conta. Este link funciona uma vez, por 30 minutos.',
      ),
      ignore,
    ],
    action: text('Set a new password', 'Definir uma nova senha'),
  },
  'verify-email': {
    subject: text('Confirm your e-mail address', 'Confirme seu endereço de e-mail'),
    lines: [
      text(
        'Confirm that this address is yours, and your account is ready. The link works once, for 24 hours.',
        'Confirme que este endereço é seu, e sua conta estará pronta. O link funciona uma vez, por 24 horas.',
      ),
      text('If you made no account, do not open it.', 'Se você não criou uma conta, não abra o link.'),
    ],
    action: text('Confirm', 'Confirmar'),
  },
  'account-exists': {
    subject: text('You have an account already', 'Você já tem uma conta'),
    lines: [
      text(
        'Somebody tried to make an account with this address, and there is one: yours.',
        'Alguém tentou criar uma conta com este endereço, e já existe uma: a sua.',
      ),
      ignore,
    ],
    action: text('Sign in', 'Entrar'),
  },
  'password-changed': {
    subject: text('Your password was changed', 'Sua senha foi alterada'),
    lines: [text('Your other sessions were signed out.', 'Suas outras sessões foram encerradas.'), notYou],
    action: text('Set a new password', 'Definir uma nova senha'),
  },
  'second-factor-on': {
    subject: text('Second factor turned on', 'Segundo fator ativado'),
    lines: [
      text(
        'From now on a code of your app is asked for when you sign in.',
        'A partir de agora um código do seu aplicativo é pedido ao entrar.',
      ),
      notYou,
    ],
    action: text('Set a new password', 'Definir uma nova senha'),
  },
  'second-factor-off': {
    subject: text('Second factor turned off', 'Segundo fator desativado'),
    lines: [
      text('No code is asked for any more when you sign in.', 'Nenhum código é mais pedido ao entrar.'),
      notYou,
    ],
    action: text('Set a new password', 'Definir uma nova senha'),
  },
} satisfies Record<string, MailKind>;

export type MailKindName = keyof typeof mailKinds;
export type Notice = 'password-changed' | 'second-factor-on' | 'second-factor-off';

/** Sends one mail. @param path of the button, in this app; an absolute address of this app does too */
export async function sendMail(
  { mailer, config }: Pick<ApiDeps, 'mailer' | 'config'>,
  request: IncomingMessage,
  { to, kind, path }: { to: string; kind: MailKindName; path: string },
): Promise<void> {
  const language = languageOf(request.headers['accept-language']);
  const { subject, lines, action }: MailKind = mailKinds[kind];
  const content = {
    language,
    title: subject[language],
    lines: lines.map((line) => line[language]),
    ...(action && {
      action: { label: action[language], url: new URL(path, linkOrigin(config, request)).href },
    }),
  };
  await mailer.send({ to, subject: subject[language], ...renderMail(content) });
}

/** Tells the person that something about their account changed. */
export function mailNotice(deps: Deps, request: IncomingMessage, user: string, kind: Notice): void {
  aside(deps, kind, async () => {
    const found = await deps.db.asSystem(({ accounts }) => accounts.findUser(user));
    if (found) await sendMail(deps, request, { to: found.email, kind, path: '/forgot-password' });
  });
}

/** Of each process's mailer: what is on its way. */
const underWay = new WeakMap<ApiDeps['mailer'], Set<Promise<void>>>();

/** Does `work` beside the request. What fails is logged. */
export function aside(
  { log, mailer }: Pick<ApiDeps, 'log' | 'mailer'>,
  what: string,
  work: () => Promise<void>,
): void {
  const all = underWay.get(mailer) ?? new Set();
  underWay.set(mailer, all);
  const sending = work()
    .catch((err) => log.error({ err, mail: what }, 'a mail was not sent'))
    .finally(() => all.delete(sending));
  all.add(sending);
}

/** Resolves when every mail that was promised is sent or has failed: a process that stops owes them still. */
export async function mailsSent({ mailer }: Pick<ApiDeps, 'mailer'>): Promise<void> {
  await Promise.all(underWay.get(mailer) ?? []);
}
