/** The second factor: a sealed TOTP secret, and recovery codes of which only the hash is stored. */
import type { Sql } from '../sql.ts';

export interface StoredSecondFactor {
  /** Sealed by the caller. */
  secret: string;
  confirmed: boolean;
}

export interface SecondFactorsRepository {
  /** A new secret that a first code has to confirm. False: there is a confirmed one, which stays. */
  begin(user: string, secret: string): Promise<boolean>;
  find(user: string): Promise<StoredSecondFactor | undefined>;
  /**
   * The first code was right: it is asked for from now on. False when `secret` is not the one that was begun last.
   * @param step time step of the code
   * @param codeHashes sha-256 of the recovery codes, hex
   */
  confirm(
    user: string,
    input: { secret: string; step: number; codeHashes: readonly string[] },
  ): Promise<boolean>;
  /** Takes a code's time step. False: it, or a later one, was taken before. */
  takeStep(user: string, step: number): Promise<boolean>;
  /** False: unknown or used. */
  takeRecoveryCode(user: string, codeHash: string): Promise<boolean>;
  /** The former codes end. */
  replaceRecoveryCodes(user: string, codeHashes: readonly string[]): Promise<void>;
  countRecoveryCodes(user: string): Promise<number>;
  /** Returns whether there was a confirmed one. */
  remove(user: string): Promise<boolean>;
}

export function createSecondFactorsRepository(sql: Sql): SecondFactorsRepository {
  return {
    async begin(user, secret) {
      const rows = await sql.query(
        `update users set totp_secret = $2, totp_last_step = null where id = $1 and totp_confirmed_at is null returning id`,
        [user, secret],
      );
      return rows.length > 0;
    },

    async find(user) {
      const [row] = await sql.query<StoredSecondFactor>(
        `select totp_secret as secret, totp_confirmed_at is not null as confirmed from users
         where id = $1 and totp_secret is not null`,
        [user],
      );
      return row && { secret: row.secret, confirmed: row.confirmed };
    },

    confirm: (user, { secret, step, codeHashes }) =>
      sql.transaction(async (inside) => {
        const rows = await inside.query(
          `update users set totp_confirmed_at = now(), totp_last_step = $3
           where id = $1 and totp_secret = $2 and totp_confirmed_at is null returning id`,
          [user, secret, step],
        );
        if (rows.length > 0) await replaceCodes(inside, user, codeHashes);
        return rows.length > 0;
      }),

    async takeStep(user, step) {
      const rows = await sql.query(
        `update users set totp_last_step = $2
         where id = $1 and totp_confirmed_at is not null and (totp_last_step is null or totp_last_step < $2) returning id`,
        [user, step],
      );
      return rows.length > 0;
    },

    async takeRecoveryCode(user, codeHash) {
      const rows = await sql.query(
        `update recovery_codes set used_at = now() where "user" = $1 and code_hash = $2 and used_at is null
         returning code_hash`,
        [user, codeHash],
      );
      return rows.length > 0;
    },

    replaceRecoveryCodes: (user, codeHashes) =>
      sql.transaction((inside) => replaceCodes(inside, user, codeHashes)),

    async countRecoveryCodes(user) {
      const [row] = await sql.query<{ count: number }>(
        'select count(*)::int as count from recovery_codes where "user" = $1 and used_at is null',
        [user],
      );
      return row?.count ?? 0;
    },

    remove: (user) =>
      sql.transaction(async (inside) => {
        await inside.query('delete from recovery_codes where "user" = $1', [user]);
        const rows = await inside.query<{ confirmed: boolean }>(
          `update users set totp_secret = null, totp_confirmed_at = null, totp_last_step = null
           where id = $1 and totp_confirmed_at is not null returning id`,
          [user],
        );
        return rows.length > 0;
      }),
  };
}

async function replaceCodes(sql: Sql, user: string, codeHashes: readonly string[]): Promise<void> {
  await sql.query('delete from recovery_codes where "user" = $1', [user]);
  for (const codeHash of codeHashes)
    await sql.query('insert into recovery_codes ("user", code_hash) values ($1, $2)', [user, codeHash]);
}
