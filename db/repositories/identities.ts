/** Accounts at other providers, and the way in for who has proven an e-mail address. */
import type { Sql } from '../sql.ts';
import { insertUser, normalEmail, toUser, type UserRecord, type UserRow, userColumns } from './accounts.ts';

export interface ProviderIdentity {
  /** Id of the provider. */
  provider: string;
  /** The provider's id of the person (`sub`). */
  subject: string;
}

export interface ProvenPerson {
  /** Proven to be theirs: by a link mailed to it, or by a provider that says it verified it. */
  email: string;
  /** For a new user. */
  name: string;
  identity?: ProviderIdentity | undefined;
  /** A new user may be made for this address. */
  mayJoin: boolean;
}

export type EnterResult =
  /** `verified`: the address was not until now, so whatever else opened the account was taken away: its sessions and API keys. */
  | {
      kind: 'entered';
      user: UserRecord;
      joined: boolean;
      linked: boolean;
      verified: boolean;
      ended: { sessions: string[]; keys: string[] };
    }
  | { kind: 'not-admitted' };

export interface IdentitiesRepository {
  /** The person behind an account at a provider. */
  find(identity: ProviderIdentity): Promise<UserRecord | undefined>;
  /** Finds the user with this address and links the identity to it, or makes one where that is allowed; all of it or nothing. */
  enter(person: ProvenPerson): Promise<EnterResult>;
}

export function createIdentitiesRepository(sql: Sql): IdentitiesRepository {
  return {
    async find({ provider, subject }) {
      const [row] = await sql.query<UserRow>(
        `select ${userColumns} from identities i join users on users.id = i."user" where i.provider = $1 and i.subject = $2`,
        [provider, subject],
      );
      return row && toUser(row);
    },

    enter: ({ email, name, identity, mayJoin }) =>
      sql.transaction(async (inside) => {
        const created = mayJoin
          ? await insertUser(inside, { email, name, passwordHash: null, emailVerified: true })
          : undefined;
        const known = created ?? (await findAndLock(inside, email));
        if (!known) return { kind: 'not-admitted' };
        const verified = !known.emailVerified;
        const ended = verified ? await takeOver(inside, known.id) : { sessions: [], keys: [] };
        const linked = identity ? await link(inside, known.id, identity) : false;
        const user = verified
          ? { ...known, emailVerified: true, passwordHash: null, secondFactor: false }
          : known;
        return { kind: 'entered', user, joined: created !== undefined, linked, verified, ended };
      }),
  };
}

async function findAndLock(sql: Sql, email: string): Promise<UserRecord | undefined> {
  const [row] = await sql.query<UserRow>(`select ${userColumns} from users where email = $1 for update`, [
    normalEmail(email),
  ]);
  return row && toUser(row);
}

/**
 * Whoever made this account never proved the address: it may have been somebody who waits for its owner to come. What they set
 * up to get in with ends here.
 */
async function takeOver(sql: Sql, user: string): Promise<{ sessions: string[]; keys: string[] }> {
  await sql.query(
    `update users set email_verified_at = now(), password_hash = null, totp_secret = null, totp_confirmed_at = null,
       totp_last_step = null, failed_sign_ins = 0, locked_until = null where id = $1`,
    [user],
  );
  await sql.query('delete from recovery_codes where "user" = $1', [user]);
  await sql.query('delete from identities where "user" = $1', [user]);
  const end = async (table: 'sessions' | 'api_keys') => {
    const rows = await sql.query<{ id: string }>(`delete from ${table} where "user" = $1 returning id`, [
      user,
    ]);
    return rows.map(({ id }) => id);
  };
  return { sessions: await end('sessions'), keys: await end('api_keys') };
}

async function link(sql: Sql, user: string, { provider, subject }: ProviderIdentity): Promise<boolean> {
  const rows = await sql.query(
    `insert into identities (provider, subject, "user", created_at) values ($1, $2, $3, now())
     on conflict (provider, subject) do nothing returning provider`,
    [provider, subject, user],
  );
  return rows.length > 0;
}
