/** Everybody who may knock, and what the policy says they get. */

import type { TestApi } from '../../api/testing/test-api.ts';
import { scopes } from '../../contracts/access/actions.ts';
import { can } from '../../contracts/access/can.ts';
import { type GrantLevel, grantLevels, type Role, roles } from '../../contracts/access/roles.ts';
import type { Operation } from './operations.ts';
import { addKey, addPerson, type Person, type Tenant } from './tenants.ts';

export interface Caller {
  name: string;
  kind: 'nobody' | 'session' | 'no-workspace' | 'second-factor-due' | 'key';
  role: Role;
  /** Of a grant on the resource in question, where the operation has one. */
  level?: GrantLevel;
  /** Of a key: all scopes but the operation's, or only it. */
  scope?: 'missing' | 'only';
  service?: true;
}

export const callers: readonly Caller[] = [
  { name: 'nobody', kind: 'nobody', role: 'viewer' },
  ...roles.map((role): Caller => ({ name: role, kind: 'session', role })),
  ...grantLevels.map(
    (level): Caller => ({ name: `member who may ${level}`, kind: 'session', role: 'member', level }),
  ),
  { name: 'person in no workspace', kind: 'no-workspace', role: 'viewer' },
  { name: 'owner who owes the second factor', kind: 'second-factor-due', role: 'owner' },
  { name: 'key without the scope', kind: 'key', role: 'owner', scope: 'missing' },
  { name: 'key with only the scope', kind: 'key', role: 'owner', scope: 'only' },
  ...roles.map((role): Caller => ({ name: `service account (${role})`, kind: 'key', role, service: true })),
];

export type Verdict = 401 | 403 | 'allowed';

/** By the policy and what the document says of the operation; `level` counts on one's own resources only. */
export function verdictFor(caller: Caller, { access }: Operation, level = caller.level): Verdict {
  if (access.auth === 'none') return 'allowed';
  if (caller.kind === 'nobody') return 401;
  const due = caller.kind === 'second-factor-due';
  if (access.auth !== 'action') {
    if (access.auth === 'signed-in') return 'allowed';
    if (access.auth === 'second-factor') return due ? 'allowed' : 403;
    if (due) return 401;
    return caller.kind === 'key' ? 403 : 'allowed';
  }
  if (due) return 401;
  if (caller.kind === 'no-workspace') return 403;
  const actor = { role: caller.role, scopes: scopesOf(caller, access.scope) };
  const shared = access.grant && { type: access.grant.resource, level };
  return can(actor, access.action, shared) ? 'allowed' : 403;
}

function scopesOf({ scope }: Caller, needed: (typeof scopes)[number] | undefined) {
  if (scope === undefined) return undefined;
  return scopes.filter((entry) => (entry === needed) === (scope === 'only'));
}

export interface Present {
  person: Person;
  headers: Record<string, string>;
}

/** The caller, in this tenant. */
export async function presentIn(
  api: TestApi,
  tenant: Tenant,
  caller: Caller,
  { access }: Pick<Operation, 'access'>,
): Promise<Present> {
  const secondFactorDue = caller.kind === 'second-factor-due';
  const person =
    caller.kind === 'session' && caller.role === 'owner'
      ? tenant.owner
      : await addPerson(api, caller.kind === 'no-workspace' ? undefined : tenant, caller.role, {
          secondFactorDue,
        });
  if (caller.kind === 'nobody') return { person, headers: {} };
  if (caller.kind !== 'key') return { person, headers: { cookie: person.cookie } };
  const { key } = await addKey(api, tenant, {
    role: caller.role,
    user: caller.service ? undefined : person.user,
    scopes: scopesOf(caller, access.auth === 'action' ? access.scope : undefined),
  });
  return { person, headers: { authorization: `Bearer ${key}` } };
}
