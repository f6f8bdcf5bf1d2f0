/** People for tests of who may do what. */
import { ulid } from 'ulid';
import type { Role } from '../../contracts/access/roles.ts';
import type { Database } from '../database.ts';

export interface Person {
  id: string;
  email: string;
}

/** A new user, in no workspace. Their address is verified, unless said otherwise. */
export async function createPerson(
  { sql }: Database,
  { name = 'Bea', verified = true }: { name?: string; verified?: boolean } = {},
): Promise<Person> {
  const id = ulid();
  const email = `${id.toLowerCase()}@example.com`;
  await sql.query(
    `insert into users (id, email, name, password_hash, email_verified_at, created_at)
     values ($1, $2, $3, 'a hash', case when $4 then now() end, now())`,
    [id, email, name, verified],
  );
  return { id, email };
}

/** A new user who is a member. */
export async function createMember(
  database: Database,
  workspace: string,
  role: Role = 'member',
  name?: string,
): Promise<Person> {
  const person = await createPerson(database, name === undefined ? {} : { name });
  await database.sql.query(
    'insert into memberships ("user", workspace, role, created_at) values ($1, $2, $3, now())',
    [person.id, workspace, role],
  );
  return person;
}

/** The id of a workspace's first owner. */
export async function ownerOf({ sql }: Database, workspace: string): Promise<string> {
  const [row] = await sql.query<{ user: string }>(
    `select "user" from memberships where workspace = $1 and role = 'owner' order by "user" limit 1`,
    [workspace],
  );
  if (!row) throw new Error(`Workspace ${workspace} has no owner.`);
  return row.user;
}
