/** Links that are mailed to prove an address, and what each of them does. Every one works once; its token's hash is what is stored. */
import type { IncomingMessage } from 'node:http';
import type { LoginTokenPurpose, NewLoginToken, UserRecord } from '../../db/index.ts';
import { audit } from '../audit/audit.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem } from '../problems.ts';
import { isTheirPassword } from './check-password.ts';
import { aside, mailNotice, sendMail } from './mails.ts';
import { hashPassword } from './password.ts';
import type { SessionPrincipal } from './principal.ts';
import { hashToken, randomToken } from './secrets.ts';
import { revokeSessions, tellEnded } from './sessions.ts';

type Deps = Pick<ApiDeps, 'db' | 'config' | 'bus' | 'mailer' | 'log'>;

/** Seconds that a link works. */
export const linkSeconds: Record<LoginTokenPurpose, number> = {
  'magic-link': 30 * 60,
  'reset-password': 30 * 60,
  'verify-email': 24 * 3_600,
};

/** Nobody's mailbox is filled by somebody else's requests. */
const mostLinks = 5;
const withinSeconds = 15 * 60;

/** Keeps a link that is to be mailed. False: the address was mailed enough of them just now. */
export function keepLink({ db }: Pick<ApiDeps, 'db'>, link: NewLoginToken): Promise<boolean> {
  return db.asSystem(async ({ loginTokens }) => {
    await loginTokens.removeExpired();
    return loginTokens.create(link, { most: mostLinks, seconds: withinSeconds });
  });
}

/** For who forgot their password, if there is somebody with this address. Answers at once; the mail follows. */
export function mailResetLink(deps: Deps, request: IncomingMessage, email: string): void {
  aside(deps, 'reset-password', async () => {
    const user = await deps.db.asSystem(({ accounts }) => accounts.findByEmail(email));
    if (!user || user.disabled) return;
    await mailLink(deps, request, { email: user.email, purpose: 'reset-password', page: '/reset-password' });
  });
}

/** Answers at once; the mail follows. */
export function mailVerifyLink(deps: Deps, request: IncomingMessage, email: string): void {
  aside(deps, 'verify-email', () =>
    mailLink(deps, request, { email, purpose: 'verify-email', page: '/verify-email' }),
  );
}

/**
 * A new password by a mailed link: opens the lock, ends all sessions, and leaves the second factor as it is.
 * @throws ApiProblem `link-over`
 */
export async function resetPassword(
  deps: Deps,
  request: IncomingMessage,
  { token, password }: { token: string; password: string },
): Promise<void> {
  const { db } = deps;
  const email = await takeLink(deps, token, 'reset-password');
  const passwordHash = await hashPassword(password);
  // The link proves the address: an account that somebody else made with it is cleared of what was theirs.
  const entered = await db.asSystem(({ identities }) =>
    identities.enter({ email, name: '', mayJoin: false }),
  );
  if (entered.kind === 'not-admitted' || entered.user.disabled) throw new ApiProblem('link-over');
  const { user, ended } = entered;
  tellEnded(deps, ended.sessions, ended.keys);
  await db.asSystem(({ passwords }) => passwords.set(user.id, passwordHash, { unlock: true }));
  await db.asSystem(({ loginTokens }) => loginTokens.removeAll(email, 'reset-password'));
  const principal = asPrincipal(user);
  await revokeSessions(deps, request, principal, { user: user.id });
  await audit(
    deps,
    { principal, request },
    {
      action: 'password.changed',
      resource: { type: 'user', id: user.id, name: user.name },
      after: { by: 'reset-link' },
    },
  );
  mailNotice(deps, request, user.id, 'password-changed');
}

/**
 * Takes the account's password, too: who made it knows that, who has the mailbox opens the link, and only when the two are one is the
 * address theirs. A reader of an unasked mail would else open the account for whoever sent it. A wrong password leaves the link.
 * @throws ApiProblem `link-over`, `confirm-it-is-you`
 */
export async function verifyEmail(
  deps: Deps,
  request: IncomingMessage,
  { token, password }: { token: string; password: string },
): Promise<void> {
  const link = await deps.db.asSystem(({ loginTokens }) =>
    loginTokens.find(hashToken(token), 'verify-email'),
  );
  const user = link && (await deps.db.asSystem(({ accounts }) => accounts.findByEmail(link.email)));
  if (!user) throw new ApiProblem('link-over');
  if (!(await isTheirPassword(deps, request, asPrincipal(user), password)))
    throw new ApiProblem('confirm-it-is-you');
  const email = await takeLink(deps, token, 'verify-email');
  await deps.db.asSystem(({ accounts }) => accounts.markEmailVerified(email));
  await audit(
    deps,
    { request },
    {
      action: 'email.verified',
      actor: { type: 'user', id: user.id, name: user.name },
      resource: { type: 'user', id: user.id },
    },
  );
}

/**
 * A new account, which opens nothing until the mailed link was followed. An address that has one gets a mail that says so: who asks
 * learns nothing either way.
 */
export async function signUp(
  deps: Deps,
  request: IncomingMessage,
  { email, name, password }: { email: string; name: string; password: string },
): Promise<void> {
  if (!deps.config.HIVIEX_SIGN_UP) throw new ApiProblem('sign-up-closed');
  const passwordHash = await hashPassword(password);
  const user = await deps.db.asSystem(({ accounts }) =>
    accounts.createUser({ email, name, passwordHash, emailVerified: false }),
  );
  await audit(
    deps,
    { request },
    user
      ? {
          action: 'account.created',
          actor: { type: 'user', id: user.id, name },
          resource: { type: 'user', id: user.id, name },
        }
      : { action: 'account.created', outcome: 'refused', after: { reason: 'email-taken' } },
  );
  if (user) return mailVerifyLink(deps, request, user.email);
  aside(deps, 'account-exists', async () => {
    const known = await deps.db.asSystem(({ accounts }) => accounts.findByEmail(email));
    if (!known || known.disabled) return;
    // Whoever lost the first mail tries again, and an account that was never verified is nobody's yet: the first password may be of
    // somebody who waits for the owner of the address to confirm it. The owner sets one by this link instead; the former one ends.
    if (!known.emailVerified) {
      await deps.db.asSystem(({ loginTokens }) => loginTokens.removeAll(known.email, 'verify-email'));
      await mailLink(deps, request, {
        ...{ email: known.email, purpose: 'reset-password', page: '/reset-password' },
      });
      return;
    }
    const recent = await deps.db.asSystem(({ loginTokens }) =>
      loginTokens.countRecent(known.email, 'reset-password', withinSeconds),
    );
    if (recent >= mostLinks) return;
    await sendMail(deps, request, { to: known.email, kind: 'account-exists', path: '/sign-in' });
  });
}

/** @returns whether there was anything to verify */
export async function askForVerification(
  deps: Deps,
  request: IncomingMessage,
  principal: SessionPrincipal,
): Promise<void> {
  const user = await deps.db.asSystem(({ accounts }) => accounts.findUser(principal.user));
  if (user && !user.emailVerified) mailVerifyLink(deps, request, user.email);
}

async function mailLink(
  deps: Deps,
  request: IncomingMessage,
  { email, purpose, page }: { email: string; purpose: 'reset-password' | 'verify-email'; page: string },
): Promise<void> {
  const token = randomToken();
  const expiresAt = new Date(Date.now() + linkSeconds[purpose] * 1_000);
  if (!(await keepLink(deps, { tokenHash: hashToken(token), purpose, email, expiresAt }))) return;
  await sendMail(deps, request, { to: email, kind: purpose, path: `${page}#token=${token}` });
}

/** Whose mail and password it is, though they have no session yet. */
function asPrincipal({ id, name }: UserRecord): SessionPrincipal {
  return { by: 'session', session: '', user: id, name, secondFactorDue: false };
}

/** The address it was mailed to. */
async function takeLink(deps: Deps, token: string, purpose: LoginTokenPurpose): Promise<string> {
  const link = await deps.db.asSystem(({ loginTokens }) => loginTokens.use(hashToken(token), purpose));
  if (!link) throw new ApiProblem('link-over');
  return link.email;
}
