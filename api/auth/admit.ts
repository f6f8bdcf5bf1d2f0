/**
 * Who is it? For people who come with something else than a password: a link mailed to them, or an account at a provider. The
 * account at the provider decides if we know it; otherwise the address does, and only if it was proven. Nothing else links accounts.
 */
import type { IncomingMessage } from 'node:http';
import { email as emailAddress } from '../../contracts/api/account.ts';
import type { ProviderIdentity, UserRecord } from '../../db/index.ts';
import { audit } from '../audit/audit.ts';
import type { ApiDeps } from '../deps.ts';
import { recordRefusal } from './check-password.ts';
import { tellEnded } from './sessions.ts';

type Deps = Pick<ApiDeps, 'db' | 'config' | 'bus'>;

export interface Arrival {
  /** `magic-link`, or the id of the provider. */
  method: string;
  identity?: ProviderIdentity | undefined;
  email: string | undefined;
  /** By the link, or as the provider says. */
  emailProven: boolean;
  name: string | undefined;
}

export type Refusal = 'email-not-verified' | 'not-admitted' | 'disabled';

export type Admission = { kind: 'admitted'; user: UserRecord } | { kind: 'refused'; reason: Refusal };

export async function admit(deps: Deps, request: IncomingMessage, arrival: Arrival): Promise<Admission> {
  const known = arrival.identity && (await findByIdentity(deps, arrival.identity));
  const admission = known ? admitKnown(known) : await admitByEmail(deps, request, arrival);
  if (admission.kind === 'refused')
    await recordRefusal(deps, request, known, { reason: admission.reason, method: arrival.method });
  return admission;
}

/** Whether an account may be made for this address: sign-up is open, or somebody has invited it. */
export async function mayJoin({ db, config }: Pick<Deps, 'db' | 'config'>, email: string): Promise<boolean> {
  if (config.HIVIEX_SIGN_UP) return true;
  return (await db.asSystem(({ invitations }) => invitations.findFor(email))).length > 0;
}

async function admitByEmail(deps: Deps, request: IncomingMessage, arrival: Arrival): Promise<Admission> {
  const { emailProven, identity, method } = arrival;
  // Only what our own forms take: lower case makes ASCII of some letters that are not (K, the sign of Kelvin), and the address of
  // somebody else with it.
  const { data: email } = emailAddress.safeParse(arrival.email?.trim());
  if (!email || !emailProven) return { kind: 'refused', reason: 'email-not-verified' };
  const name = (arrival.name?.trim() || email.split('@')[0]!).slice(0, 64);
  const joining = await mayJoin(deps, email);
  const entered = await deps.db.asSystem(({ identities }) =>
    identities.enter({ email, name, identity, mayJoin: joining }),
  );
  if (entered.kind === 'not-admitted') return { kind: 'refused', reason: 'not-admitted' };
  const { user, joined, linked, verified, ended } = entered;
  tellEnded(deps, ended.sessions, ended.keys);
  const actor = { type: 'user', id: user.id, name: user.name } as const;
  const resource = { type: 'user', id: user.id, name: user.name };
  const record = (action: string) => audit(deps, { request }, { action, actor, resource, after: { method } });
  if (joined) await record('account.created');
  if (verified) await record('email.verified');
  if (linked) await record('identity.linked');
  return admitKnown(user);
}

function admitKnown(user: UserRecord): Admission {
  return user.disabled ? { kind: 'refused', reason: 'disabled' } : { kind: 'admitted', user };
}

function findByIdentity(
  { db }: Pick<Deps, 'db'>,
  identity: ProviderIdentity,
): Promise<UserRecord | undefined> {
  return db.asSystem(({ identities }) => identities.find(identity));
}
