/**
 * The one check of passwords. Every way to a session by password and every "is it you?" of a signed-in person comes here, so the
 * lock and the audit log see all of them.
 *
 * Who asks learns right or wrong, no more: unknown address, no password, wrong password, locked, disabled and not yet verified are
 * one answer after one and the same work. A lock that showed itself would tell which addresses have accounts.
 */
import type { IncomingMessage } from 'node:http';
import type { LockRules, UserRecord } from '../../db/index.ts';
import { audit } from '../audit/audit.ts';
import type { ApiDeps } from '../deps.ts';
import { passwordMatches } from './password.ts';
import type { SessionPrincipal } from './principal.ts';

export const lockRules: LockRules = { tries: 5, firstSeconds: 60, longestSeconds: 3_600 };

/** Asked about like a user when there is none, so that the database is asked as often. */
const nobody = '';

type Deps = Pick<ApiDeps, 'db' | 'config'>;

/** The person who may sign in with this password; undefined: nobody. */
export async function checkPassword(
  deps: Deps,
  request: IncomingMessage,
  { email, password }: { email: string; password: string },
): Promise<UserRecord | undefined> {
  const user = await deps.db.asSystem(({ accounts }) => accounts.findByEmail(email));
  const matches = await passwordMatches(password, user?.passwordHash ?? undefined);
  const reason = await refusal(deps, user, matches, { signIn: true });
  if (user && reason === undefined) return user;
  await recordRefusal(deps, request, user, { reason: reason ?? 'unknown', method: 'password' });
  return undefined;
}

/** Whether a signed-in person gave their present password. False for who has none. */
export async function isTheirPassword(
  deps: Deps,
  request: IncomingMessage,
  principal: SessionPrincipal,
  password: string,
): Promise<boolean> {
  const user = await deps.db.asSystem(({ accounts }) => accounts.findUser(principal.user));
  const matches = await passwordMatches(password, user?.passwordHash ?? undefined);
  const reason = await refusal(deps, user, matches, { signIn: false });
  if (reason === undefined) {
    await deps.db.asSystem(({ passwords }) => passwords.forgive(principal.user));
    return true;
  }
  await audit(
    deps,
    { principal, request },
    { action: 'password.refused', outcome: 'refused', after: { reason } },
  );
  return false;
}

/** Writes down that a sign-in was refused; nobody is told why but whoever reads the log. */
export async function recordRefusal(
  deps: Deps,
  request: IncomingMessage,
  user: Pick<UserRecord, 'id' | 'name'> | undefined,
  after: { reason: string; method: string },
): Promise<void> {
  const [workspace] = await deps.db.asSystem(({ accounts }) => accounts.workspacesOf(user?.id ?? nobody));
  await audit(
    deps,
    { request },
    {
      action: 'session.refused',
      outcome: 'refused',
      workspace: workspace?.id,
      ...(user && { resource: { type: 'user', id: user.id, name: user.name } }),
      after,
    },
  );
}

/** Why not; undefined: welcome. */
async function refusal(
  { db }: Deps,
  user: UserRecord | undefined,
  matches: boolean,
  { signIn }: { signIn: boolean },
): Promise<string | undefined> {
  if (!user || !matches) {
    const id = user?.id ?? nobody;
    const counted = await db.asSystem(({ passwords }) => passwords.countFailure(id, lockRules));
    if (!user) return 'unknown';
    if (!counted) return 'locked';
    return counted.lockedUntil ? 'wrong-and-locked' : 'wrong';
  }
  if (user.disabled) return 'disabled';
  if (signIn && !user.emailVerified && !(await isMember(db, user.id))) return 'unverified';
  return (await db.asSystem(({ passwords }) => passwords.isLocked(user.id))) ? 'locked' : undefined;
}

/** Who is in a workspace was let in by somebody, and an address that was never proven opens nothing else. */
async function isMember(db: ApiDeps['db'], user: string): Promise<boolean> {
  return (await db.asSystem(({ accounts }) => accounts.workspacesOf(user))).length > 0;
}
