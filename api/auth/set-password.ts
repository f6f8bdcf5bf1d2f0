/** A signed-in person changes their password, or sets their first. Their other sessions end with the old one. */
import type { IncomingMessage } from 'node:http';
import { audit } from '../audit/audit.ts';
import type { ApiDeps } from '../deps.ts';
import { mailNotice } from './mails.ts';
import { hashPassword } from './password.ts';
import type { SessionPrincipal } from './principal.ts';
import { confirmItIsThem } from './second-factor.ts';
import { revokeSessions } from './sessions.ts';

/**
 * A first password takes a code of the second factor where there is one: with the password it could be turned off.
 * @throws ApiProblem `confirm-it-is-you`, `wrong-code`
 */
export async function setPassword(
  deps: Pick<ApiDeps, 'db' | 'config' | 'bus' | 'mailer' | 'log'>,
  request: IncomingMessage,
  principal: SessionPrincipal,
  { current, code, password }: { current?: string | undefined; code?: string | undefined; password: string },
): Promise<void> {
  await confirmItIsThem(deps, request, principal, { password: current, code });
  const user = await deps.db.asSystem(({ accounts }) => accounts.findUser(principal.user));
  const passwordHash = await hashPassword(password);
  await deps.db.asSystem(({ passwords }) => passwords.set(principal.user, passwordHash, { unlock: false }));
  // A link that was mailed before must not undo it.
  if (user) await deps.db.asSystem(({ loginTokens }) => loginTokens.removeAll(user.email, 'reset-password'));
  await revokeSessions(deps, request, principal, { user: principal.user, keep: principal.session });
  await audit(
    deps,
    { principal, request },
    { action: 'password.changed', resource: { type: 'user', id: principal.user, name: principal.name } },
  );
  mailNotice(deps, request, principal.user, 'password-changed');
}
