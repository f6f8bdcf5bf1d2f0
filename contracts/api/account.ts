/** Who is here, signing in and out, and what a person looks after themselves: profile, sessions, second factor. */
import { z } from 'zod';
import { role } from '../access/roles.ts';
import { moment } from './page.ts';

export const email = z.email().max(254);
export const newPassword = z.string().min(10, 'A password needs 10 characters or more.').max(200);
const name = z.string().trim().min(1).max(64);

export const workspaceMembership = z.object({ id: z.string(), name: z.string(), role });
export type WorkspaceMembership = z.output<typeof workspaceMembership>;

/**
 * Of a session: the person and all their workspaces; of an API key: its workspace and role. Of a session that owes the second
 * factor: nothing but that.
 */
export const account = z.object({
  /** The session opens nothing until `POST /session/second-factor`. */
  secondFactorDue: z.boolean(),
  user: z
    .object({
      id: z.string(),
      email: z.string(),
      name: z.string(),
      emailVerified: z.boolean(),
      hasPassword: z.boolean(),
      secondFactor: z.boolean(),
    })
    .optional(),
  /** The active one; absent while the person is in none. */
  workspace: workspaceMembership.optional(),
  workspaces: z.array(workspaceMembership),
  /** What may be done in the active workspace without a grant: the app hides what would be refused. */
  actions: z.array(z.string()),
});
export type Account = z.output<typeof account>;

/** A way to sign in that this instance offers beside the password. */
export const signInProvider = z.object({ id: z.string(), name: z.string(), type: z.enum(['oidc', 'email']) });

/** What a visitor may know before signing in. */
export const instance = z.object({
  setupNeeded: z.boolean(),
  /** Everybody may make an account and a workspace; otherwise it takes an invitation. */
  signUpOpen: z.boolean(),
  providers: z.array(signInProvider),
  /** No mail server: mails stay in the data folder, where whoever runs the instance reads them. */
  keepsMail: z.boolean().optional(),
  version: z.string(),
  temporalUiUrl: z.string().optional(),
});
export type Instance = z.output<typeof instance>;

export const setup = z.object({
  token: z.string().min(1),
  email,
  password: newPassword,
  workspace: name.default('My workspace'),
});

export const signIn = z.object({ email, password: z.string().min(1).max(200) });

/** `secondFactorDue`: the session opens nothing until `POST /session/second-factor`. */
export const signedIn = account.pick({ secondFactorDue: true });
export type SignedIn = z.output<typeof signedIn>;

/** Six digits of the authenticator app, or a recovery code. */
export const secondFactorCode = z.object({ code: z.string().trim().min(6).max(32) });

/** Where to go in the app once signed in. */
const to = z
  .string()
  .max(500)
  // No tabs and line breaks: browsers take them out, and what is left may begin with two slashes.
  .regex(/^\/(?![/\\])\P{Cc}*$/u, 'A path of this app, as in /runs.');

export const magicLinkRequest = z.object({ email, to: to.optional() });

/** An account of one's own, where sign-up is open. The address is verified by mail. */
export const signUp = z.object({ email, name, password: newPassword });

export const passwordForgotten = z.object({ email });
export const passwordReset = z.object({ token: z.string().min(1).max(200), password: newPassword });
/** With the account's password: a link opens no account for somebody else who signed up with the reader's address. */
export const emailVerification = z.object({
  token: z.string().min(1).max(200),
  password: z.string().min(1).max(200),
});

export const updateProfile = z.object({ name });
/** `current` may be left out by somebody who has no password yet; with a second factor they give a code of it. */
export const changePassword = z.object({
  current: z.string().max(200).optional(),
  code: z.string().trim().max(32).optional(),
  password: newPassword,
});

export const session = z.object({
  id: z.string(),
  /** The one that asks. */
  current: z.boolean(),
  device: z.string(),
  ip: z.string().optional(),
  method: z.string(),
  createdAt: moment,
  lastSeenAt: moment,
  expiresAt: moment,
});
export type Session = z.output<typeof session>;
export const sessionList = z.object({ items: z.array(session) });

/** To be shown as a QR code once; nothing is asked for until a code confirms it. */
export const secondFactorSetup = z.object({ secret: z.string(), url: z.string() });
export const recoveryCodes = z.object({ codes: z.array(z.string()) });
/**
 * For what would lock the owner out: the password again. Who has none gives a code of the second factor instead, where there is
 * one.
 */
export const withPassword = z.object({
  password: z.string().max(200).optional(),
  code: z.string().trim().max(32).optional(),
});
export type WithPassword = z.output<typeof withPassword>;
