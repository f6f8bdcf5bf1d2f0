/**
 * Sessions of browsers: opened, completed and ended here and nowhere else, however somebody signs in. The token is new each time
 * rights are gained (sign-in, second factor), so whoever planted or saw an earlier one has nothing; only its hash is stored.
 */
import type { IncomingMessage } from 'node:http';
import type { UserRecord } from '../../db/index.ts';
import { audit } from '../audit/audit.ts';
import { clientIp } from '../client-ip.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem } from '../problems.ts';
import { readSessionCookie, writeSessionCookie } from './cookie.ts';
import { deviceOf } from './device.ts';
import type { SessionPrincipal } from './principal.ts';
import { hashToken, randomToken } from './secrets.ts';
import { sessionLimits } from './session-limits.ts';

export type SessionDeps = Pick<ApiDeps, 'db' | 'config' | 'bus'>;

export interface OpenedSession {
  session: string;
  user: string;
  /** The active one; undefined: the person is in none. */
  workspace: string | undefined;
  secondFactorDue: boolean;
  /** For the cookie. */
  token: string;
  expiresAt: Date;
  /** The `Set-Cookie` value. */
  cookie: string;
}

type SigningIn = Pick<UserRecord, 'id' | 'name' | 'secondFactor'> & Partial<Pick<UserRecord, 'passwordHash'>>;

/**
 * Signs a person in, whose proof was checked by the caller. The session that the browser had before ends.
 * @param user with the password's hash as it was when it was checked, where it was
 * @param method `password`, `magic-link`, `setup`, or the id of a provider
 * @throws ApiProblem `wrong-password` when password or second factor were changed since
 */
export async function openSession(
  deps: SessionDeps,
  request: IncomingMessage,
  { user, method }: { user: SigningIn; method: string },
): Promise<OpenedSession> {
  const { db, config } = deps;
  const limits = sessionLimits(config);
  const secondFactorDue = user.secondFactor;
  const seconds = secondFactorDue ? limits.dueSeconds : limits.absoluteSeconds;
  const token = randomToken();
  const expiresAt = new Date(Date.now() + seconds * 1_000);
  const device = deviceOf(request.headers['user-agent']);
  const former = readSessionCookie(request, config);

  const [workspace] = await db.asSystem(({ accounts }) => accounts.workspacesOf(user.id));
  const opening = {
    tokenHash: hashToken(token),
    user: user.id,
    workspace: workspace?.id,
    method,
    secondFactorDue,
    ip: clientIp(request, config),
    userAgent: request.headers['user-agent'],
    device,
    expiresAt,
  };
  const { secondFactor, passwordHash } = user;
  const opened = await db.asSystem(({ sessions }) =>
    passwordHash === undefined
      ? sessions.create(opening)
      : sessions.createBy({ passwordHash, secondFactor }, opening),
  );
  if (!opened) throw new ApiProblem('wrong-password');
  const { id: session } = opened;
  const ended = await db.asSystem(async ({ sessions }) => [
    ...(former ? await sessions.revoke(hashToken(former)) : []),
    ...(await sessions.removeExpired({ idleSeconds: limits.idleSeconds })),
  ]);
  tellEnded(deps, ended);
  // While the second factor is due nothing is: whoever has the password could try codes for ever.
  if (!secondFactorDue) await db.asSystem(({ passwords }) => passwords.forgive(user.id));
  await audit(
    deps,
    { request },
    {
      action: 'session.opened',
      actor: { type: 'user', id: user.id, name: user.name },
      workspace: workspace?.id,
      resource: { type: 'session', id: session },
      after: { method, device, secondFactorDue },
    },
  );
  const cookie = writeSessionCookie(token, seconds, config);
  return {
    session,
    user: user.id,
    workspace: workspace?.id,
    secondFactorDue,
    token,
    expiresAt,
    cookie,
  };
}

/** The second factor was given. Returns the `Set-Cookie` value of the session's new token. */
export async function completeSession(
  deps: SessionDeps,
  request: IncomingMessage,
  principal: SessionPrincipal,
): Promise<string> {
  const { absoluteSeconds } = sessionLimits(deps.config);
  const token = randomToken();
  const expiresAt = new Date(Date.now() + absoluteSeconds * 1_000);
  await deps.db.asSystem(({ sessions }) => sessions.complete(principal.session, hashToken(token), expiresAt));
  await audit(
    deps,
    { principal, request },
    { action: 'second-factor.passed', resource: { type: 'session', id: principal.session } },
  );
  return writeSessionCookie(token, absoluteSeconds, deps.config);
}

/** Signs the browser out, if it is signed in. Returns the `Set-Cookie` value that takes the cookie away. */
export async function closeSession(
  deps: SessionDeps,
  request: IncomingMessage,
  principal: SessionPrincipal | undefined,
): Promise<string> {
  const token = readSessionCookie(request, deps.config);
  if (token) {
    const ended = await deps.db.asSystem(({ sessions }) => sessions.revoke(hashToken(token)));
    await recordEnded(deps, request, principal, ended);
  }
  return writeSessionCookie('', 0, deps.config);
}

/** Ends one of the person's own sessions. False: there is no such session of theirs. */
export async function revokeSession(
  deps: SessionDeps,
  request: IncomingMessage,
  principal: SessionPrincipal,
  id: string,
): Promise<boolean> {
  const ended = await deps.db.asSystem(({ sessions }) => sessions.revokeById(principal.user, id));
  await recordEnded(deps, request, principal, ended);
  return ended.length > 0;
}

/** Ends all of a person's sessions, but the one to keep. */
export async function revokeSessions(
  deps: SessionDeps,
  request: IncomingMessage,
  principal: SessionPrincipal | undefined,
  { user, keep }: { user: string; keep?: string | undefined },
): Promise<void> {
  const ended = await deps.db.asSystem(({ sessions }) => sessions.revokeOthers(user, keep));
  await recordEnded(deps, request, principal, ended);
}

/** Closes at once what the sessions and API keys hold open. */
export function tellEnded({ bus }: Pick<ApiDeps, 'bus'>, sessions: string[], keys: string[] = []): void {
  if (sessions.length + keys.length > 0) bus.publish({ kind: 'credentials.ended', sessions, keys });
}

async function recordEnded(
  deps: SessionDeps,
  request: IncomingMessage,
  principal: SessionPrincipal | undefined,
  ended: string[],
): Promise<void> {
  tellEnded(deps, ended);
  for (const id of ended)
    await audit(deps, { principal, request }, { action: 'session.ended', resource: { type: 'session', id } });
}
