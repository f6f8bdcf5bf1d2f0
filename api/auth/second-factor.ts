/**
 * The second factor: codes of an authenticator app (TOTP), or recovery codes. Wrong codes count with wrong passwords, and a try is
 * counted before it is looked at: of a thousand guesses sent at once no more are checked than of a thousand sent one by one.
 *
 * The lock that comes of it holds for sessions begun with the password. One that began by mail or at a provider has a single try
 * while it lasts: somebody who guesses passwords can't keep the owner out.
 */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Secret, TOTP } from 'otpauth';
import type { WithPassword } from '../../contracts/api/account.ts';
import { audit } from '../audit/audit.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem } from '../problems.ts';
import { isTheirPassword, lockRules } from './check-password.ts';
import { mailNotice } from './mails.ts';
import type { SessionPrincipal } from './principal.ts';
import { hashToken } from './secrets.ts';
import { completeSession, openSession, revokeSession, revokeSessions } from './sessions.ts';

type Deps = Pick<ApiDeps, 'db' | 'config' | 'bus' | 'mailer' | 'log'>;

const issuer = 'Hiviex';
/** Codes of the step before and after are right too: clocks differ. */
const stepsOfTolerance = 1;
const recoveryCodes = 10;
/** 80 random bits, so that a plain hash hides them. */
const recoveryCodeBytes = 10;

/**
 * Gives the second factor for a session that owes it. Returns the `Set-Cookie` value of its new token.
 * @throws ApiProblem `wrong-code`; after several the session is over
 */
export async function giveSecondFactor(
  deps: Deps,
  request: IncomingMessage,
  principal: SessionPrincipal,
  code: string,
): Promise<string> {
  const { db } = deps;
  const method = await db.asSystem(({ sessions }) => sessions.methodOf(principal.session));
  const counted = await db.asSystem(({ passwords }) => passwords.countFailure(principal.user, lockRules));
  if (!counted && method !== 'password' && method !== undefined)
    return giveWhileLocked(deps, request, principal, { code, method });
  if (counted && (await isRightCode(deps, principal.user, code))) {
    await db.asSystem(({ passwords }) => passwords.forgive(principal.user));
    return completeSession(deps, request, principal);
  }
  await refuseCode(deps, request, principal);
  if (!counted || counted.lockedUntil) await revokeSession(deps, request, principal, principal.session);
  throw new ApiProblem('wrong-code');
}

/** The one try: the session ends with it, and a right code opens another. */
async function giveWhileLocked(
  deps: Deps,
  request: IncomingMessage,
  principal: SessionPrincipal,
  { code, method }: { code: string; method: string },
): Promise<string> {
  const isFirst = await revokeSession(deps, request, principal, principal.session);
  if (isFirst && (await isRightCode(deps, principal.user, code))) {
    await deps.db.asSystem(({ passwords }) => passwords.forgive(principal.user));
    const user = { id: principal.user, name: principal.name, secondFactor: false };
    return (await openSession(deps, request, { user, method })).cookie;
  }
  await refuseCode(deps, request, principal);
  throw new ApiProblem('wrong-code');
}

/**
 * A secret for the app, shown once. Nothing is asked for until a code has confirmed it.
 * @throws ApiProblem `confirm-it-is-you`, `second-factor-set`
 */
export async function beginSecondFactor(
  deps: Deps,
  request: IncomingMessage,
  principal: SessionPrincipal,
  proof: WithPassword,
): Promise<{ secret: string; url: string }> {
  await confirmItIsThem(deps, request, principal, proof);
  const secret = new Secret({ size: 20 });
  const sealed = await deps.db.vault.ofInstance.seal(secret.base32, sealedFor(principal.user));
  const user = await deps.db.asSystem(({ accounts }) => accounts.findUser(principal.user));
  const begun = await deps.db.asSystem(({ secondFactors }) => secondFactors.begin(principal.user, sealed));
  if (!begun || !user) throw new ApiProblem('second-factor-set');
  await audit(deps, { principal, request }, { action: 'second-factor.begun' });
  return { secret: secret.base32, url: totpOf(secret, user.email).toString() };
}

/**
 * Turns it on, and ends the person's other sessions, which were opened without it. Returns the recovery codes, shown once.
 * @throws ApiProblem `no-second-factor` (none was begun), `second-factor-set`, `wrong-code`
 */
export async function confirmSecondFactor(
  deps: Deps,
  request: IncomingMessage,
  principal: SessionPrincipal,
  code: string,
): Promise<string[]> {
  const { db } = deps;
  const stored = await db.asSystem(({ secondFactors }) => secondFactors.find(principal.user));
  if (!stored) throw new ApiProblem('no-second-factor');
  if (stored.confirmed) throw new ApiProblem('second-factor-set');
  const step = await stepOf(deps, principal.user, stored.secret, code.replace(/\s/g, ''));
  if (step === undefined) throw new ApiProblem('wrong-code');
  const codes = newRecoveryCodes();
  const codeHashes = codes.map(hashRecoveryCode);
  const confirmed = await db.asSystem(({ secondFactors }) =>
    secondFactors.confirm(principal.user, { secret: stored.secret, step, codeHashes }),
  );
  if (!confirmed) throw new ApiProblem('wrong-code');
  await revokeSessions(deps, request, principal, { user: principal.user, keep: principal.session });
  await audit(deps, { principal, request }, { action: 'second-factor.turned-on' });
  mailNotice(deps, request, principal.user, 'second-factor-on');
  return codes;
}

/** The former codes end. @throws ApiProblem `confirm-it-is-you`, `no-second-factor` */
export async function renewRecoveryCodes(
  deps: Deps,
  request: IncomingMessage,
  principal: SessionPrincipal,
  proof: WithPassword,
): Promise<string[]> {
  const stored = await deps.db.asSystem(({ secondFactors }) => secondFactors.find(principal.user));
  if (!stored?.confirmed) throw new ApiProblem('no-second-factor');
  await confirmItIsThem(deps, request, principal, proof);
  const codes = newRecoveryCodes();
  await deps.db.asSystem(({ secondFactors }) =>
    secondFactors.replaceRecoveryCodes(principal.user, codes.map(hashRecoveryCode)),
  );
  await audit(deps, { principal, request }, { action: 'second-factor.codes-renewed' });
  return codes;
}

/** @throws ApiProblem `confirm-it-is-you`, `no-second-factor` */
export async function removeSecondFactor(
  deps: Deps,
  request: IncomingMessage,
  principal: SessionPrincipal,
  proof: WithPassword,
): Promise<void> {
  const stored = await deps.db.asSystem(({ secondFactors }) => secondFactors.find(principal.user));
  if (!stored?.confirmed) throw new ApiProblem('no-second-factor');
  await confirmItIsThem(deps, request, principal, proof);
  await deps.db.asSystem(({ secondFactors }) => secondFactors.remove(principal.user));
  await audit(deps, { principal, request }, { action: 'second-factor.turned-off' });
  mailNotice(deps, request, principal.user, 'second-factor-off');
}

/**
 * By password; who has none, by a code of the second factor; who has neither has nothing to prove it with.
 * @throws ApiProblem `confirm-it-is-you`, `wrong-code`
 */
export async function confirmItIsThem(
  deps: Deps,
  request: IncomingMessage,
  principal: SessionPrincipal,
  { password, code }: WithPassword,
): Promise<void> {
  const user = await deps.db.asSystem(({ accounts }) => accounts.findUser(principal.user));
  if (user?.passwordHash) {
    if (await isTheirPassword(deps, request, principal, password ?? '')) return;
    throw new ApiProblem('confirm-it-is-you');
  }
  if (!user?.secondFactor) return;
  const counted = await deps.db.asSystem(({ passwords }) => passwords.countFailure(user.id, lockRules));
  if (!counted || !code || !(await isRightCode(deps, user.id, code))) {
    await refuseCode(deps, request, principal);
    throw new ApiProblem('wrong-code');
  }
  await deps.db.asSystem(({ passwords }) => passwords.forgive(user.id));
}

/** Takes the code, with spaces or without: it is not right a second time. */
async function isRightCode(deps: Deps, user: string, typed: string): Promise<boolean> {
  const code = typed.replace(/\s/g, '');
  if (!/^\d{6}$/.test(code))
    return deps.db.asSystem(({ secondFactors }) =>
      secondFactors.takeRecoveryCode(user, hashRecoveryCode(code)),
    );
  const stored = await deps.db.asSystem(({ secondFactors }) => secondFactors.find(user));
  if (!stored?.confirmed) return false;
  const step = await stepOf(deps, user, stored.secret, code);
  if (step === undefined) return false;
  return deps.db.asSystem(({ secondFactors }) => secondFactors.takeStep(user, step));
}

/** The time step that the code is of; undefined: of none that counts now. */
async function stepOf(deps: Deps, user: string, sealed: string, code: string): Promise<number | undefined> {
  const secret = Secret.fromBase32(await deps.db.vault.ofInstance.open(sealed, sealedFor(user)));
  const timestamp = Date.now();
  const delta = totpOf(secret, '').validate({ token: code, timestamp, window: stepsOfTolerance });
  return delta === null ? undefined : TOTP.counter({ timestamp }) + delta;
}

function totpOf(secret: Secret, label: string): TOTP {
  return new TOTP({ issuer, label, secret });
}

/** As the vault's rotation knows it (`db/vault/rotate.ts`). */
function sealedFor(user: string): { purpose: string; id: string } {
  return { purpose: 'totp', id: user };
}

/** Of 32 letters and digits that are not mistaken for each other: `k3mf-9d2x-…`. */
function newRecoveryCodes(): string[] {
  const alphabet = 'abcdefghjkmnpqrstuvwxyz123456789';
  return Array.from({ length: recoveryCodes }, () => {
    const bits = BigInt(`0x${randomBytes(recoveryCodeBytes).toString('hex')}`);
    const letters = Array.from(
      { length: 16 },
      (_, place) => alphabet[Number((bits >> BigInt(5 * place)) & 31n)],
    );
    return letters.join('').replace(/(.{4})(?!$)/g, '$1-');
  });
}

/** However it was typed. */
function hashRecoveryCode(code: string): string {
  return hashToken(code.toLowerCase().replace(/[^a-z0-9]/g, ''));
}

async function refuseCode(deps: Deps, request: IncomingMessage, principal: SessionPrincipal): Promise<void> {
  await audit(deps, { principal, request }, { action: 'second-factor.refused', outcome: 'refused' });
}
