/** Signed-in browsers. Only the hash of a session's token is stored, so a leaked table signs nobody in. */
import { ulid } from 'ulid';
import type { Role } from '../../contracts/access/roles.ts';
import { type Sql, toMoment } from '../sql.ts';

export interface SessionRecord {
  id: string;
  user: string;
  method: string;
  secondFactorDue: boolean;
  ip?: string | undefined;
  device: string;
  /** UTC, ISO 8601, as the other times here. */
  createdAt: string;
  lastSeenAt: string;
  /** The absolute limit. */
  expiresAt: string;
}

/** A session with what a request needs to know of its person. */
export interface LiveSession extends SessionRecord {
  userName: string;
  email: string;
  /** The workspace asked for, or the active one, and the person's role there; both undefined when they are no member. */
  workspace?: string | undefined;
  role?: Role | undefined;
}

export interface NewSession {
  /** sha-256 of the token, hex */
  tokenHash: string;
  user: string;
  workspace?: string | undefined;
  method: string;
  secondFactorDue?: boolean | undefined;
  ip?: string | undefined;
  userAgent?: string | undefined;
  device: string;
  expiresAt: Date;
}

/** What the sign-in went by. */
export interface SignInBasis {
  passwordHash: string | null;
  secondFactor: boolean;
}

export interface SessionsRepository {
  create(session: NewSession): Promise<SessionRecord>;
  /**
   * Undefined: the person's password or second factor is not any more what was checked. Whoever changes one of them ends the
   * sessions after it, and with this none comes in between.
   */
  createBy(basis: SignInBasis, session: NewSession): Promise<SessionRecord | undefined>;
  /**
   * Undefined when unknown, revoked, expired, or its user disabled.
   * @param idleSeconds a session that was not seen for longer is over
   * @param workspace instead of the active one
   */
  find(
    tokenHash: string,
    options: { idleSeconds: number; workspace?: string | undefined },
  ): Promise<LiveSession | undefined>;
  /** Newest use first; those that are over are left out. */
  list(user: string, options: { idleSeconds: number }): Promise<SessionRecord[]>;
  /** Notes the use, at most once a minute per session, so that a busy browser costs no write per request. */
  touch(id: string, seen: { ip?: string | undefined }): Promise<void>;
  /** How it was opened; undefined: it is over. */
  methodOf(id: string): Promise<string | undefined>;
  enter(id: string, workspace: string | null): Promise<void>;
  /** The second factor was given. A new token from here on: who had the old one has nothing. */
  complete(id: string, tokenHash: string, expiresAt: Date): Promise<void>;
  /** Each of these returns the ids of the sessions that are over now. */
  revoke(tokenHash: string): Promise<string[]>;
  revokeById(user: string, id: string): Promise<string[]>;
  /** All of a user's, but the one to keep. */
  revokeOthers(user: string, keep?: string): Promise<string[]>;
  removeExpired(options: { idleSeconds: number }): Promise<string[]>;
}

interface Row {
  id: string;
  user: string;
  method: string;
  second_factor_due: boolean;
  ip: string | null;
  device: string;
  created_at: string;
  last_seen_at: string;
  expires_at: string;
}
interface LiveRow extends Row {
  name: string;
  email: string;
  workspace: string | null;
  role: Role | null;
}

const columns =
  's.id, s."user", s.method, s.second_factor_due, s.ip, s.device, s.created_at, s.last_seen_at, s.expires_at';
const alive = (idle: string) =>
  `s.expires_at > now() and s.last_seen_at > now() - make_interval(secs => ${idle}::int)`;

export function createSessionsRepository(sql: Sql): SessionsRepository {
  const remove = async (where: string, parameters: unknown[]) =>
    (await sql.query<{ id: string }>(`delete from sessions s where ${where} returning s.id`, parameters)).map(
      ({ id }) => id,
    );

  return {
    async create(session) {
      return (await insert(sql, session, 'true'))!;
    },

    // The lock: a change of the person that is under way is waited for, and then seen.
    createBy: ({ passwordHash, secondFactor }, session) =>
      insert(
        sql,
        session,
        'u.password_hash is not distinct from $11::text and (u.totp_confirmed_at is not null) = $12::boolean for share',
        [passwordHash, secondFactor],
      ),

    async find(tokenHash, { idleSeconds, workspace }) {
      const [row] = await sql.query<LiveRow>(
        `select ${columns}, u.name, u.email, m.workspace, m.role
         from sessions s
         join users u on u.id = s."user" and u.disabled_at is null
         left join memberships m on m."user" = s."user" and m.workspace = coalesce($3, s.active_workspace)
           and exists (select 1 from workspaces w where w.id = m.workspace and w.deleted_at is null)
         where s.token_hash = $1 and ${alive('$2')}`,
        [tokenHash, idleSeconds, workspace ?? null],
      );
      return (
        row && {
          ...toRecord(row),
          userName: row.name,
          email: row.email,
          workspace: row.workspace ?? undefined,
          role: row.role ?? undefined,
        }
      );
    },

    async list(user, { idleSeconds }) {
      const rows = await sql.query<Row>(
        `select ${columns} from sessions s where s."user" = $1 and ${alive('$2')} order by s.last_seen_at desc, s.id`,
        [user, idleSeconds],
      );
      return rows.map(toRecord);
    },

    async touch(id, { ip }) {
      await sql.query(
        `update sessions set last_seen_at = now(), ip = coalesce($2, ip)
         where id = $1 and last_seen_at < now() - interval '1 minute'`,
        [id, ip ?? null],
      );
    },

    async methodOf(id) {
      const [row] = await sql.query<{ method: string }>('select method from sessions where id = $1', [id]);
      return row?.method;
    },

    async enter(id, workspace) {
      await sql.query('update sessions set active_workspace = $2 where id = $1', [id, workspace]);
    },

    async complete(id, tokenHash, expiresAt) {
      await sql.query(
        'update sessions set second_factor_due = false, token_hash = $2, expires_at = $3 where id = $1',
        [id, tokenHash, expiresAt.toISOString()],
      );
    },

    revoke: (tokenHash) => remove('s.token_hash = $1', [tokenHash]),
    revokeById: (user, id) => remove('s."user" = $1 and s.id = $2', [user, id]),
    revokeOthers: (user, keep) => remove('s."user" = $1 and s.id <> $2', [user, keep ?? '']),
    removeExpired: ({ idleSeconds }) => remove(`not (${alive('$1')})`, [idleSeconds]),
  };
}

/** @param which condition on the person, `u`; its parameters begin at $11 */
async function insert(
  sql: Sql,
  { tokenHash, user, workspace, method, secondFactorDue, ip, userAgent, device, expiresAt }: NewSession,
  which: string,
  parameters: unknown[] = [],
): Promise<SessionRecord | undefined> {
  const [row] = await sql.query<Row>(
    `insert into sessions as s (id, token_hash, "user", active_workspace, method, second_factor_due, ip, user_agent, device,
       created_at, last_seen_at, expires_at)
     select $1, $2, u.id, $4, $5, $6::boolean, $7, $8, $9, now(), now(), $10::timestamptz
     from users u where u.id = $3 and ${which} returning ${columns}`,
    [
      ulid(),
      tokenHash,
      user,
      workspace ?? null,
      method,
      secondFactorDue ?? false,
      ip ?? null,
      userAgent?.slice(0, 500) ?? null,
      device,
      expiresAt.toISOString(),
      ...parameters,
    ],
  );
  return row && toRecord(row);
}

function toRecord(row: Row): SessionRecord {
  return {
    id: row.id,
    user: row.user,
    method: row.method,
    secondFactorDue: row.second_factor_due,
    ip: row.ip ?? undefined,
    device: row.device,
    createdAt: toMoment(row.created_at),
    lastSeenAt: toMoment(row.last_seen_at),
    expiresAt: toMoment(row.expires_at),
  };
}
