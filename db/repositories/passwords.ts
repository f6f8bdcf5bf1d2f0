/**
 * Passwords, and the lock that wrong ones put on them. A lock holds for passwords (and for what follows one): links by mail and
 * providers go round it, so nobody can keep an owner out by guessing wrong.
 */
import { type Sql, toOptionalMoment } from '../sql.ts';

export interface LockRules {
  /** Wrong tries in a row that lock. */
  tries: number;
  /** Seconds of the first lock; each further wrong try doubles it. */
  firstSeconds: number;
  longestSeconds: number;
}

export interface PasswordsRepository {
  /** A reset by mail opens the lock; what was counted stays for who has a second factor, or mails would buy more tries at it. */
  set(user: string, passwordHash: string, options: { unlock: boolean }): Promise<void>;
  /**
   * Counts a wrong password or code. Undefined while the lock holds: tries are not counted then, so they can't prolong it.
   * Otherwise until when it is locked now, if it is (UTC, ISO 8601).
   */
  countFailure(user: string, rules: LockRules): Promise<{ lockedUntil: string | undefined } | undefined>;
  /** Signed in, the second factor included: what was counted is forgotten. */
  forgive(user: string): Promise<void>;
  /** To be asked after a password was checked, not before: of many guesses at once only as many count as may be wrong. */
  isLocked(user: string): Promise<boolean>;
}

const open = '(locked_until is null or locked_until <= now())';
/** 2^20 is beyond every limit, and 2^1024 beyond what the database can count. */
const mostDoublings = 20;

export function createPasswordsRepository(sql: Sql): PasswordsRepository {
  return {
    async set(user, passwordHash, { unlock }) {
      await sql.query(
        `update users set password_hash = $2, locked_until = case when $3::boolean then null else locked_until end,
           failed_sign_ins = case when $3::boolean and totp_confirmed_at is null then 0 else failed_sign_ins end
         where id = $1`,
        [user, passwordHash, unlock],
      );
    },

    async countFailure(user, { tries, firstSeconds, longestSeconds }) {
      const [row] = await sql.query<{ locked_until: string | null }>(
        `update users set failed_sign_ins = failed_sign_ins + 1,
           locked_until = case when failed_sign_ins + 1 >= $2::int then now() + make_interval(secs =>
             least($3::float8 * power(2, least(failed_sign_ins + 1 - $2::int, ${mostDoublings})), $4::float8)) end
         where id = $1 and ${open} returning locked_until`,
        [user, tries, firstSeconds, longestSeconds],
      );
      return row && { lockedUntil: toOptionalMoment(row.locked_until) };
    },

    async forgive(user) {
      await sql.query(
        'update users set failed_sign_ins = 0, locked_until = null where id = $1 and failed_sign_ins > 0',
        [user],
      );
    },

    async isLocked(user) {
      return (await sql.query(`select 1 from users where id = $1 and not ${open}`, [user])).length > 0;
    },
  };
}
