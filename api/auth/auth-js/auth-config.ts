/**
 * Auth.js, set up for one request. It speaks the protocols (OAuth, OIDC, mailed links, its CSRF token); who somebody is, whether they
 * may come in, and their session are ours: `admit` and `openSession`. Passwords are for our own route alone.
 *
 * Made per request, because a session is opened with what the request says of the browser. What Auth.js 0.41 does otherwise:
 * - it keeps a session that the browser has, and links accounts to it: it is never shown one (`mount-auth-js.ts`), so each sign-in
 *   opens a new one;
 * - it makes and links users itself where it finds none: `signIn` has done so before, by our rules, or has refused.
 */
import type { IncomingMessage } from 'node:http';
import type { AuthConfig } from '@auth/core';
import type { Adapter, AdapterUser } from '@auth/core/adapters';
import type { Provider } from '@auth/core/providers';
import type { Account, Profile, User } from '@auth/core/types';
import type { UserRecord } from '../../../db/index.ts';
import type { ApiDeps } from '../../deps.ts';
import { type Admission, admit, type Refusal } from '../admit.ts';
import { authSecret } from '../auth-secret.ts';
import { isHttps, sessionCookieName } from '../cookie.ts';
import { linkSeconds } from '../mailed-links.ts';
import { hashToken } from '../secrets.ts';
import { sessionLimits } from '../session-limits.ts';
import { type OpenedSession, openSession } from '../sessions.ts';
import { authLogger } from './auth-logger.ts';
import { mailMagicLink } from './mail-magic-link.ts';
import { type Claims, type SignInProvider, signInProviders } from './providers.ts';

export const mailProvider = 'magic-link';

/** Where the web app tells people how it went: `?error=`. */
const signInPage = '/sign-in';
const errors: Record<Refusal, string> = {
  'email-not-verified': 'EmailNotVerified',
  'not-admitted': 'AccessDenied',
  disabled: 'AccessDenied',
};

export async function authConfig(deps: ApiDeps, request: IncomingMessage): Promise<AuthConfig> {
  const { config } = deps;
  const elsewhere = signInProviders(config, deps.guard);
  const secret = await authSecret(deps);
  // Whom this request was found to be of; Auth.js asks for them by pieces.
  let entering: { user: UserRecord; method: string } | undefined;
  const open = (): Promise<OpenedSession> => {
    if (!entering) throw new Error('Auth.js wants a session for somebody who was not admitted.');
    return openSession(deps, request, entering);
  };

  return {
    basePath: '/auth',
    secret,
    trustHost: true,
    useSecureCookies: isHttps(config),
    pages: { signIn: signInPage, error: signInPage, verifyRequest: `${signInPage}/check-mail` },
    cookies: { sessionToken: { name: sessionCookieName(config) } },
    session: { strategy: 'database', maxAge: sessionLimits(config).absoluteSeconds },
    logger: authLogger(deps.log),
    providers: [magicLink(deps, request, secret), ...elsewhere.map(({ authJs }) => authJs)],
    adapter: createAdapter(deps, () => entering?.user, open),
    callbacks: {
      async signIn({ user, account, profile, email }) {
        // A link is asked for; whether one is mailed nobody learns.
        if (email?.verificationRequest) return true;
        if (!account) return false;
        const admission = await admitFrom(deps, request, elsewhere, { user, account, profile });
        if (admission.kind === 'refused') return `${signInPage}?error=${errors[admission.reason]}`;
        entering = { user: admission.user, method: account.provider };
        return true;
      },
    },
  };
}

function magicLink(deps: ApiDeps, request: IncomingMessage, secret: string): Provider {
  return {
    id: mailProvider,
    name: 'E-mail',
    type: 'email',
    maxAge: linkSeconds[mailProvider],
    async sendVerificationRequest({ identifier: email, url, token, expires: expiresAt }) {
      // As Auth.js will look for it.
      mailMagicLink(deps, request, { email, url, tokenHash: hashToken(token + secret), expiresAt });
    },
    options: {},
  };
}

async function admitFrom(
  deps: ApiDeps,
  request: IncomingMessage,
  elsewhere: readonly SignInProvider[],
  { user, account, profile }: { user: User; account: Account; profile?: Profile | undefined },
): Promise<Admission> {
  const method = account.provider;
  const email = user.email ?? undefined;
  if (method === mailProvider)
    return admit(deps, request, { method, email, emailProven: true, name: undefined });
  const provider = elsewhere.find(({ id }) => id === method);
  if (!provider) throw new Error(`Auth.js came back from a provider that there is not: ${method}`);
  const claims = (profile ?? {}) as Claims;
  // By account, Auth.js may have found our user already: what the provider says is in the profile.
  const said = typeof claims.email === 'string' ? claims.email : undefined;
  return admit(deps, request, {
    method,
    identity: { provider: method, subject: account.providerAccountId },
    email: said,
    emailProven: said !== undefined && provider.hasVerifiedEmail(claims),
    name: typeof claims.name === 'string' ? claims.name : (user.name ?? undefined),
  });
}

/** What Auth.js needs of a database; it is asked for one person and one session per request. */
function createAdapter(
  { db }: ApiDeps,
  entering: () => UserRecord | undefined,
  open: () => Promise<OpenedSession>,
): Adapter {
  const current = () => {
    const user = entering();
    return user ? toAdapterUser(user) : null;
  };
  return {
    getUserByAccount: async () => current(),
    getUserByEmail: async () => current(),
    async updateUser() {
      const user = current();
      if (!user) throw new Error('Auth.js changes somebody who was not admitted.');
      return user;
    },
    async createSession({ userId }) {
      const { token, expiresAt } = await open();
      return { sessionToken: token, userId, expires: expiresAt };
    },
    // Kept by who mails the link, once it is to be mailed.
    createVerificationToken: async (token) => token,
    async useVerificationToken({ token }) {
      const link = await db.asSystem(({ loginTokens }) => loginTokens.use(token, mailProvider));
      return link ? { identifier: link.email, token, expires: new Date(link.expiresAt) } : null;
    },
  };
}

function toAdapterUser({ id, email, name }: UserRecord): AdapterUser {
  return { id, email, name, emailVerified: null };
}
