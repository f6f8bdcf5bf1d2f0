/**
 * Ways into a workspace. Only the hash of a link's token is stored. Taking one up is one statement with a condition, so of any
 * number who try at the same moment one gets in.
 */
import { ulid } from 'ulid';
import type { AssignableRole } from '../../contracts/access/roles.ts';
import type { Invitation, InvitationPreview } from '../../contracts/api/workspaces.ts';
import { type Sql, toMoment } from '../sql.ts';

export interface NewInvitation {
  /** sha-256 of the token, hex */
  tokenHash: string;
  /** Only this address may use it; left out: whoever has the link. Kept in lower case. */
  email?: string | undefined;
  role: AssignableRole;
  /** Id of the user or key. */
  createdBy: string;
  expiresAt: Date;
}

/** Of one workspace. */
export interface InvitationsRepository {
  /** Those that can still be used, the newest first. */
  list(): Promise<Invitation[]>;
  /** One to an address takes the place of a former one to it. Undefined: a member has this address. */
  create(input: NewInvitation): Promise<Invitation | undefined>;
  /** Returns what was taken away; undefined: there is none that could be used. */
  revoke(id: string): Promise<Invitation | undefined>;
}

export interface OpenInvitation {
  id: string;
  workspace: string;
  /** Name of the workspace. */
  name: string;
  email?: string | undefined;
  role: AssignableRole;
  expiresAt: string;
}

export interface TakenInvitation {
  id: string;
  workspace: string;
  role: AssignableRole;
  user: string;
}

export type AcceptResult =
  | { kind: 'accepted'; invitation: TakenInvitation }
  /** Unknown, expired, revoked, used, or of a workspace that is deleted. */
  | { kind: 'invalid' }
  /** It goes to somebody else's address, or this person's is not verified. */
  | { kind: 'another-address' }
  | { kind: 'already-member' };

export type SignUpResult =
  | { kind: 'accepted'; invitation: TakenInvitation }
  | { kind: 'invalid' }
  | { kind: 'another-address' }
  | { kind: 'email-taken' };

/** Crosses workspaces: the token says which one it is for. */
export interface InvitationFinder {
  /** One that can still be used. */
  find(tokenHash: string): Promise<OpenInvitation | undefined>;
  /** Those to this address that can still be used: who proves that it is theirs may make an account. */
  findFor(email: string): Promise<OpenInvitation[]>;
  /** Membership and use of the invitation, both or neither. */
  accept(tokenHash: string, user: string): Promise<AcceptResult>;
  /**
   * Account, membership and use of the invitation, all or nothing. The address of an invitation that was mailed to it counts as
   * verified: its token was in that mail and nowhere else.
   */
  signUp(
    tokenHash: string,
    account: { email: string; name: string; passwordHash: string },
  ): Promise<SignUpResult>;
}

interface Row {
  id: string;
  email: string | null;
  role: AssignableRole;
  creator: string | null;
  created_at: string;
  expires_at: string;
}
interface OpenRow {
  id: string;
  workspace: string;
  name: string;
  email: string | null;
  role: AssignableRole;
  expires_at: string;
}

/** The creator by name while they are here. */
const columns = `id, email, role, created_at, expires_at, coalesce(
  (select u.name from users u where u.id = invitations.created_by),
  (select k.name from api_keys k where k.id = invitations.created_by)) as creator`;
const isOpen = 'used_at is null and expires_at > now()';

export function createInvitationsRepository(sql: Sql, workspace: string): InvitationsRepository {
  return {
    async list() {
      const rows = await sql.query<Row>(
        `select ${columns} from invitations where workspace = $1 and ${isOpen} order by id desc`,
        [workspace],
      );
      return rows.map(toInvitation);
    },

    create: ({ tokenHash, email, role, createdBy, expiresAt }) =>
      sql.transaction(async (inside) => {
        const address = email?.trim().toLowerCase() ?? null;
        const [member] = await inside.query(
          `select m."user" from memberships m join users u on u.id = m."user" where m.workspace = $1 and u.email = $2`,
          [workspace, address],
        );
        if (member) return undefined;
        await inside.query(
          'delete from invitations where workspace = $1 and used_at is null and (email = $2 or expires_at <= now())',
          [workspace, address],
        );
        const [row] = await inside.query<Row>(
          `insert into invitations (id, workspace, email, role, token_hash, created_by, created_at, expires_at)
           values ($2, $1, $3, $4, $5, $6, now(), $7) returning ${columns}`,
          [workspace, ulid(), address, role, tokenHash, createdBy, expiresAt.toISOString()],
        );
        return toInvitation(row!);
      }),

    async revoke(id) {
      const [row] = await sql.query<Row>(
        `delete from invitations where workspace = $1 and id = $2 and ${isOpen} returning ${columns}`,
        [workspace, id],
      );
      return row && toInvitation(row);
    },
  };
}

/** Thrown to undo what an acceptance has done so far. */
class Undo<R> extends Error {
  readonly result: R;
  constructor(result: R) {
    super('undone');
    this.result = result;
  }
}

export function createInvitationFinder(sql: Sql): InvitationFinder {
  const open = async (where: string, parameter: string) => {
    const rows = await sql.query<OpenRow>(
      `select i.id, i.workspace, w.name, i.email, i.role, i.expires_at
       from invitations i join workspaces w on w.id = i.workspace and w.deleted_at is null
       where ${where} and ${isOpen} order by i.id`,
      [parameter],
    );
    return rows.map(toOpen);
  };

  /** @param work throws `Undo` when the one who would use it may not */
  async function take<R extends { kind: string }>(
    tokenHash: string,
    user: string,
    work: (inside: Sql, invitation: Claimed) => Promise<void>,
  ): Promise<{ kind: 'accepted'; invitation: TakenInvitation } | { kind: 'invalid' } | R> {
    try {
      return await sql.transaction(async (inside) => {
        // Who comes second waits here for the first, and then finds it used.
        const [claimed] = await inside.query<Claimed>(
          `update invitations i set used_at = now(), used_by = $2
           where token_hash = $1 and ${isOpen}
             and exists (select from workspaces w where w.id = i.workspace and w.deleted_at is null)
           returning id, workspace, email, role`,
          [tokenHash, user],
        );
        if (!claimed) return { kind: 'invalid' };
        await work(inside, claimed);
        const { id, workspace, role } = claimed;
        const joined = await inside.query(
          `insert into memberships ("user", workspace, role, created_at) values ($1, $2, $3, now())
           on conflict do nothing returning "user"`,
          [user, workspace, role],
        );
        if (joined.length === 0) throw new Undo({ kind: 'already-member' });
        return { kind: 'accepted', invitation: { id, workspace, role, user } };
      });
    } catch (error) {
      if (error instanceof Undo) return error.result as R;
      throw error;
    }
  }

  return {
    find: async (tokenHash) => (await open('i.token_hash = $1', tokenHash))[0],
    findFor: (email) => open('i.email = $1', email.trim().toLowerCase()),

    accept: (tokenHash, user) =>
      take<Exclude<AcceptResult, { kind: 'accepted' | 'invalid' }>>(
        tokenHash,
        user,
        async (inside, { email }) => {
          if (email === null) return;
          const [theirs] = await inside.query(
            'select id from users where id = $1 and email = $2 and email_verified_at is not null',
            [user, email],
          );
          if (!theirs) throw new Undo({ kind: 'another-address' });
        },
      ),

    signUp(tokenHash, { email, name, passwordHash }) {
      const user = ulid();
      const address = email.trim().toLowerCase();
      return take<Exclude<SignUpResult, { kind: 'accepted' | 'invalid' }>>(
        tokenHash,
        user,
        async (inside, invitation) => {
          if (invitation.email !== null && invitation.email !== address)
            throw new Undo({ kind: 'another-address' });
          const made = await inside.query(
            `insert into users (id, email, name, password_hash, email_verified_at, created_at)
             values ($1, $2, $3, $4, case when $5 then now() end, now()) on conflict (email) do nothing returning id`,
            [user, address, name, passwordHash, invitation.email !== null],
          );
          if (made.length === 0) throw new Undo({ kind: 'email-taken' });
        },
      );
    },
  };
}

interface Claimed {
  id: string;
  workspace: string;
  email: string | null;
  role: AssignableRole;
}

/** What its holder is shown. */
export function toPreview({ name, role, email, expiresAt }: OpenInvitation): InvitationPreview {
  return { workspace: name, role, ...(email !== undefined && { email }), expiresAt };
}

function toInvitation(row: Row): Invitation {
  return {
    id: row.id,
    ...(row.email !== null && { email: row.email }),
    role: row.role,
    createdBy: row.creator ?? '',
    createdAt: toMoment(row.created_at),
    expiresAt: toMoment(row.expires_at),
  };
}

function toOpen(row: OpenRow): OpenInvitation {
  return {
    id: row.id,
    workspace: row.workspace,
    name: row.name,
    email: row.email ?? undefined,
    role: row.role,
    expiresAt: toMoment(row.expires_at),
  };
}
