/** Signing a browser in and out. */
import type { Config } from '../../contracts/config.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem } from '../problems.ts';
import { writeSessionCookie } from './cookie.ts';
import { passwordMatches } from './password.ts';
import { hashToken, randomToken } from './secrets.ts';
import { sessionLimits } from './session-limits.ts';

/** Who signed in, and the `Set-Cookie` value that says so. */
export interface SignedIn {
  user: string;
  workspace: string;
  cookie: string;
}

/** @throws ApiProblem `wrong-password`, alike for an unknown e-mail and a wrong password */
export async function signIn(
  { db, config }: Pick<ApiDeps, 'db' | 'config'>,
  { email, password }: { email: string; password: string },
): Promise<SignedIn> {
  const user = await db.asSystem(({ accounts }) => accounts.findByEmail(email));
  const matches = await passwordMatches(password, user?.passwordHash ?? undefined);
  const [workspace] =
    matches && user ? await db.asSystem(({ accounts }) => accounts.workspacesOf(user.id)) : [];
  if (!user || !workspace) throw new ApiProblem('wrong-password');
  return openSession({ db, config }, { user: user.id, workspace: workspace.id });
}

export async function openSession(
  { db, config }: Pick<ApiDeps, 'db' | 'config'>,
  { user, workspace }: { user: string; workspace: string },
): Promise<SignedIn> {
  const token = randomToken();
  const { idleSeconds, absoluteSeconds } = sessionLimits;
  const expiresAt = new Date(Date.now() + absoluteSeconds * 1_000);
  await db.asSystem(async ({ sessions }) => {
    await sessions.removeExpired({ idleSeconds });
    await sessions.create({
      tokenHash: hashToken(token),
      user,
      workspace,
      method: 'password',
      device: '',
      expiresAt,
    });
  });
  return { user, workspace, cookie: writeSessionCookie(token, absoluteSeconds, config) };
}

/** Ends the session behind the token, if there is one. Returns the `Set-Cookie` value that takes the cookie away. */
export async function signOut(
  { db, config }: { db: ApiDeps['db']; config: Config },
  token: string | undefined,
): Promise<string> {
  if (token) await db.asSystem(({ sessions }) => sessions.revoke(hashToken(token)));
  return writeSessionCookie('', 0, config);
}
