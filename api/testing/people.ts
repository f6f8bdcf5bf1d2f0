/** Members of a test API's workspaces, signed in. */
import { ulid } from 'ulid';
import { hashPassword } from '../auth/password.ts';
import type { TestApi } from './test-api.ts';

export const password = 'correct horse battery';

/** Signs in and gives the headers that a page of ours would send. */
export async function signIn(api: TestApi, email: string): Promise<Record<string, string>> {
  const { headers, status } = await api.call('POST', '/api/v1/session', { email, password }, {});
  const [cookie] = headers.getSetCookie();
  if (status !== 201 || !cookie) throw new Error(`${email} could not sign in: ${status}`);
  return { cookie: cookie.split(';')[0]!, origin: api.url };
}

export async function firstWorkspace({ db }: TestApi): Promise<string> {
  return (await db.asSystem(({ accounts }) => accounts.firstWorkspace()))!.id;
}

/** Another workspace, which nobody is in yet. */
export async function addWorkspace({ db }: TestApi, name = 'Elsewhere'): Promise<string> {
  const id = ulid();
  await db.sql.query(`insert into workspaces (id, name, created_at) values ($1, $2, now())`, [id, name]);
  return id;
}

/** A new person with this role, signed in. @param workspace default: the first */
export async function addPerson(
  api: TestApi,
  role: string,
  workspace?: string,
): Promise<{ id: string; email: string; headers: Record<string, string> }> {
  const id = ulid();
  const email = `${id.toLowerCase()}@example.com`;
  await api.db.sql.query(
    `insert into users (id, email, name, password_hash, email_verified_at, created_at) values ($1, $2, $3, $4, now(), now())`,
    [id, email, `A ${role}`, await hashPassword(password)],
  );
  await api.db.sql.query(
    `insert into memberships ("user", workspace, role, created_at) values ($1, $2, $3, now())`,
    [id, workspace ?? (await firstWorkspace(api)), role],
  );
  return { id, email, headers: await signIn(api, email) };
}
