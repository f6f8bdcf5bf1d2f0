/** Links by which anybody reads a branch. The database has their tokens' hashes only. */
import { ulid } from 'ulid';
import { type Sql, toMoment } from '../../sql.ts';

export interface StoredShareLink {
  id: string;
  leaf: string;
  createdAt: string;
}

export interface ShareLinksRepository {
  create(link: {
    conversation: string;
    leaf: string;
    tokenHash: string;
    createdBy: string;
  }): Promise<StoredShareLink>;
  /** Those that still work, newest first. */
  list(conversation: string): Promise<StoredShareLink[]>;
  /** @returns false when there is none that works */
  revoke(conversation: string, id: string): Promise<boolean>;
}

/** What a link leads to, wherever it is. */
export interface ShareLinkFinder {
  find(
    tokenHash: string,
  ): Promise<{ id: string; workspace: string; conversation: string; leaf: string } | undefined>;
  /** It still works. */
  works(id: string): Promise<boolean>;
}

interface Row {
  id: string;
  leaf: string;
  created_at: string;
}

export function createShareLinksRepository(sql: Sql, workspace: string): ShareLinksRepository {
  return {
    async create({ conversation, leaf, tokenHash, createdBy }) {
      const [row] = await sql.query<Row>(
        `insert into share_links (id, workspace, conversation, leaf, token_hash, created_by, created_at)
         values ($1, $2, $3, $4, $5, $6, now()) returning id, leaf, created_at`,
        [ulid(), workspace, conversation, leaf, tokenHash, createdBy],
      );
      return toLink(row!);
    },

    async list(conversation) {
      const rows = await sql.query<Row>(
        `select id, leaf, created_at from share_links
         where workspace = $1 and conversation = $2 and revoked_at is null order by created_at desc, id desc`,
        [workspace, conversation],
      );
      return rows.map(toLink);
    },

    async revoke(conversation, id) {
      const rows = await sql.query(
        `update share_links set revoked_at = now()
         where workspace = $1 and conversation = $2 and id = $3 and revoked_at is null returning id`,
        [workspace, conversation, id],
      );
      return rows.length > 0;
    },
  };
}

const working = `share_links l join workspaces w on w.id = l.workspace where l.revoked_at is null and w.deleted_at is null`;

/** @param sql of the system: who follows a link is in no workspace */
export function createShareLinkFinder(sql: Sql): ShareLinkFinder {
  return {
    async find(tokenHash) {
      const [row] = await sql.query<{ id: string; workspace: string; conversation: string; leaf: string }>(
        `select l.id, l.workspace, l.conversation, l.leaf from ${working} and l.token_hash = $1`,
        [tokenHash],
      );
      return row;
    },

    async works(id) {
      return (await sql.query(`select 1 from ${working} and l.id = $1`, [id])).length > 0;
    },
  };
}

function toLink({ id, leaf, created_at }: Row): StoredShareLink {
  return { id, leaf, createdAt: toMoment(created_at) };
}
