/** Links that were mailed. Only the hash of a link's token is stored, and taking it deletes it: it works once. */
import { type Sql, toMoment } from '../sql.ts';
import { normalEmail } from './accounts.ts';

export type LoginTokenPurpose = 'magic-link' | 'reset-password' | 'verify-email';

export interface NewLoginToken {
  /** sha-256 of the token, hex */
  tokenHash: string;
  purpose: LoginTokenPurpose;
  email: string;
  expiresAt: Date;
}

export interface LoginTokensRepository {
  /**
   * One at a time for each address, so that many who ask at once get no more than one who asks again and again.
   * @returns false: there are `most` unused ones of the last `seconds` already
   */
  create(token: NewLoginToken, limit: { most: number; seconds: number }): Promise<boolean>;
  /** Whose it is, without using it. Undefined: unknown, used, or expired. */
  find(tokenHash: string, purpose: LoginTokenPurpose): Promise<{ email: string } | undefined>;
  /** Undefined: unknown, used, or expired. */
  use(
    tokenHash: string,
    purpose: LoginTokenPurpose,
  ): Promise<{ email: string; expiresAt: string } | undefined>;
  /** How many were made for the address in the last `seconds` and not used. */
  countRecent(email: string, purpose: LoginTokenPurpose, seconds: number): Promise<number>;
  removeAll(email: string, purpose: LoginTokenPurpose): Promise<void>;
  removeExpired(): Promise<void>;
}

export function createLoginTokensRepository(sql: Sql): LoginTokensRepository {
  return {
    create: ({ tokenHash, purpose, email, expiresAt }, { most, seconds }) =>
      sql.transaction(async (inside) => {
        const address = normalEmail(email);
        // A statement of its own: the next one is to see what others made while this one waited.
        await inside.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
          `login-token:${address}`,
        ]);
        const made = await inside.query(
          `insert into login_tokens (token_hash, purpose, email, created_at, expires_at)
           select $1, $2, $3, now(), $4::timestamptz where (select count(*) from login_tokens where ${isRecent('$3', '$2', '$5')}) < $6::int
           returning token_hash`,
          [tokenHash, purpose, address, expiresAt.toISOString(), seconds, most],
        );
        return made.length > 0;
      }),
    async find(tokenHash, purpose) {
      const [row] = await sql.query<{ email: string }>(
        'select email from login_tokens where token_hash = $1 and purpose = $2 and expires_at > now()',
        [tokenHash, purpose],
      );
      return row;
    },
    async use(tokenHash, purpose) {
      const [row] = await sql.query<{ email: string; expires_at: string; live: boolean }>(
        `delete from login_tokens where token_hash = $1 and purpose = $2
         returning email, expires_at, expires_at > now() as live`,
        [tokenHash, purpose],
      );
      return row?.live ? { email: row.email, expiresAt: toMoment(row.expires_at) } : undefined;
    },
    async countRecent(email, purpose, seconds) {
      const [row] = await sql.query<{ count: number }>(
        `select count(*)::int as count from login_tokens where ${isRecent('$1', '$2', '$3')}`,
        [normalEmail(email), purpose, seconds],
      );
      return row?.count ?? 0;
    },
    async removeAll(email, purpose) {
      await sql.query('delete from login_tokens where email = $1 and purpose = $2', [
        normalEmail(email),
        purpose,
      ]);
    },
    async removeExpired() {
      await sql.query('delete from login_tokens where expires_at <= now()');
    },
  };
}

function isRecent(email: string, purpose: string, seconds: string): string {
  return `email = ${email} and purpose = ${purpose} and created_at > now() - make_interval(secs => ${seconds}::int)`;
}
