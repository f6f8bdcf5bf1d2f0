/**
 * Workspaces, people and keys for the matrix, straight from the repositories: thousands of sign-ins would measure argon2 and
 * nothing else.
 */
import { ulid } from 'ulid';
import { newApiKey } from '../../api/auth/api-key.ts';
import { hashPassword } from '../../api/auth/password.ts';
import { hashToken, randomToken } from '../../api/auth/secrets.ts';
import type { TestApi } from '../../api/testing/test-api.ts';
import type { Scope } from '../../contracts/access/actions.ts';
import type { Role } from '../../contracts/access/roles.ts';

/** The password of everybody in the matrix. */
export const password = 'correct horse battery staple';

export interface Person {
  user: string;
  name: string;
  email: string;
  /** Id of the session. */
  session: string;
  cookie: string;
}

export interface Tenant {
  id: string;
  name: string;
  owner: Person;
}

let hashed: Promise<string> | undefined;

/** @param mark begins every name, so that it can be looked for where it must not be */
export async function createTenant(api: TestApi, mark = 'Tenant'): Promise<Tenant> {
  hashed ??= hashPassword(password);
  const passwordHash = await hashed;
  const name = `${mark} ${ulid()}`;
  const email = `${ulid().toLowerCase()}@example.com`;
  const made = await api.db.asSystem(({ accounts }) =>
    accounts.createOwner({ email, name: `${mark} owner`, passwordHash, workspace: name }),
  );
  if (made.kind !== 'created') throw new Error(`The owner was not made: ${made.kind}`);
  const { user, workspace } = made;
  await api.db.sql.query('update users set email_verified_at = now() where id = $1', [user.id]);
  const session = await openSession(api, user.id, workspace.id);
  return { id: workspace.id, name, owner: { user: user.id, name: `${mark} owner`, email, ...session } };
}

/** A new person with a session; without a tenant they are in no workspace. */
export async function addPerson(
  api: TestApi,
  tenant?: Tenant,
  role: Role = 'viewer',
  { mark = 'Person', secondFactorDue = false } = {},
): Promise<Person> {
  hashed ??= hashPassword(password);
  const passwordHash = await hashed;
  const user = ulid();
  const name = `${mark} ${user}`;
  const email = `${user.toLowerCase()}@example.com`;
  await api.db.sql.query(
    `insert into users (id, email, name, password_hash, email_verified_at, created_at) values ($1, $2, $3, $4, now(), now())`,
    [user, email, name, passwordHash],
  );
  if (tenant)
    await api.db.sql.query(
      `insert into memberships ("user", workspace, role, created_at) values ($1, $2, $3, now())`,
      [user, tenant.id, role],
    );
  return { user, name, email, ...(await openSession(api, user, tenant?.id, secondFactorDue)) };
}

export async function openSession(
  api: TestApi,
  user: string,
  workspace?: string,
  secondFactorDue = false,
): Promise<{ session: string; cookie: string }> {
  const token = randomToken();
  const { id } = await api.db.asSystem(({ sessions }) =>
    sessions.create({
      tokenHash: hashToken(token),
      user,
      workspace,
      method: 'password',
      secondFactorDue,
      device: 'Matrix',
      expiresAt: new Date(Date.now() + 3_600_000),
    }),
  );
  return { session: id, cookie: `hiviex_session=${token}` };
}

/** With a user it is a personal key, without one a service account. */
export async function addKey(
  api: TestApi,
  tenant: Tenant,
  { role, user, scopes }: { role: Role; user?: string | undefined; scopes?: Scope[] | undefined },
): Promise<{ id: string; key: string }> {
  const { key, prefix } = newApiKey(user === undefined ? 'service' : 'personal');
  const { id } = await api.db.inWorkspace(tenant.id, ({ apiKeys }) =>
    apiKeys.create({ keyHash: hashToken(key), prefix, name: `Key ${ulid()}`, role, user, scopes }),
  );
  return { id, key };
}
