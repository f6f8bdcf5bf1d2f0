/** The knowledge bases of a workspace, with how much is in each. */
import { ulid } from 'ulid';
import type { KnowledgeBase } from '../../../contracts/knowledge/knowledge-base.ts';
import { likePattern, type Sql, toMoment } from '../../sql.ts';
import { decodeCursor, type Page, toPage } from '../cursor.ts';
import { createGrantsRepository, isVisible, type Visible } from '../grants.ts';

export interface StoredKnowledgeBase extends KnowledgeBase {
  /** Documents by what became of their last ingestion, and the chunks that are searched. */
  documents: { all: number; busy: number; failed: number };
  chunks: number;
  createdAt: string;
  updatedAt: string;
}

type Facts = Omit<KnowledgeBase, 'id'>;

export interface KnowledgeBasesRepository {
  create(input: Facts & { by?: string | undefined }): Promise<StoredKnowledgeBase>;
  get(id: string): Promise<StoredKnowledgeBase | undefined>;
  /** Without how much is in it: counting goes through all of its documents. For what is asked with each document and each search. */
  settings(id: string): Promise<KnowledgeBase | undefined>;
  /** Last changed first. `search` looks at names and descriptions. */
  list(query: {
    search?: string | undefined;
    cursor?: string | undefined;
    limit: number;
    /** Left out: all. */
    visible?: Visible | undefined;
  }): Promise<Page<StoredKnowledgeBase>>;
  update(
    id: string,
    change: { [F in keyof Facts]?: Facts[F] | undefined },
  ): Promise<StoredKnowledgeBase | undefined>;
  /** Nobody finds it any more, and its grants are gone; what is in it goes by `DeletedKnowledge`. False: there is none. */
  remove(id: string): Promise<boolean>;
}

/** Across all workspaces: what is left of bases that were deleted. */
export interface DeletedKnowledge {
  documents(limit: number): Promise<{ workspace: string; document: string }[]>;
  /** With its chunks. */
  removeDocument(document: string): Promise<void>;
  /** Bases that have no documents any more. */
  removeEmpty(): Promise<void>;
}

interface Row extends Facts {
  id: string;
  document_count: number;
  busy: number;
  failed: number;
  chunk_count: number;
  created_at: string;
  updated_at: string;
}

const settings = 'b.id, b.name, b.description, b.embedding, b.chunking, b.language, b.retrieval';
const columns = `${settings}, b.created_at, b.updated_at, d.document_count, d.busy, d.failed, d.chunk_count`;
const tables = `knowledge_bases b cross join lateral (
    select count(*)::int as document_count, coalesce(sum(chunks), 0)::int as chunk_count,
      count(*) filter (where state in ('waiting', 'running'))::int as busy,
      count(*) filter (where state = 'failed')::int as failed
    from knowledge_documents where base = b.id
  ) d`;

export function createKnowledgeBasesRepository(sql: Sql, workspace: string): KnowledgeBasesRepository {
  const get = async (id: string) => {
    const [row] = await sql.query<Row>(
      `select ${columns} from ${tables} where b.workspace = $1 and b.id = $2 and b.deleted_at is null`,
      [workspace, id],
    );
    return row && toBase(row);
  };

  return {
    get,

    async settings(id) {
      const [base] = await sql.query<KnowledgeBase>(
        `select ${settings} from knowledge_bases b where b.workspace = $1 and b.id = $2 and b.deleted_at is null`,
        [workspace, id],
      );
      return base;
    },

    async create({ name, description, embedding, chunking, language, retrieval, by }) {
      const id = ulid();
      await sql.query(
        `insert into knowledge_bases
           (id, workspace, name, description, embedding, chunking, language, retrieval, created_by, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6::text::jsonb, $7, $8::text::jsonb, $9, now(), now())`,
        [
          ...[id, workspace, name, description, embedding, JSON.stringify(chunking), language],
          ...[JSON.stringify(retrieval), by ?? null],
        ],
      );
      const created = await get(id);
      if (!created) throw new Error(`Knowledge base ${id} vanished while it was created.`);
      return created;
    },

    async list({ search, cursor, limit, visible = 'all' }) {
      const after = decodeCursor(cursor);
      const parameters: unknown[] = [workspace];
      const bind = (value: unknown) => `$${parameters.push(value)}`;
      const found = search ? bind(likePattern(search)) : undefined;
      const shown = isVisible(visible, 'knowledge', 'b.id', bind);
      const conditions = [
        'b.workspace = $1 and b.deleted_at is null',
        ...(found ? [`(b.name ilike ${found} or b.description ilike ${found})`] : []),
        ...(shown ? [shown] : []),
        ...(after
          ? [`(b.updated_at, b.id) < (${bind(after.at)}::timestamptz, ${bind(after.id)}::text)`]
          : []),
      ];
      const rows = await sql.query<Row>(
        `select ${columns} from ${tables} where ${conditions.join(' and ')}
         order by b.updated_at desc, b.id desc limit ${bind(limit + 1)}`,
        parameters,
      );
      return toPage(rows, limit, (row) => ({ at: toMoment(row.updated_at), id: row.id }), toBase);
    },

    async update(id, { name, description, embedding, chunking, language, retrieval }) {
      const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
      await sql.query(
        `update knowledge_bases set name = coalesce($3, name), description = coalesce($4, description),
           embedding = coalesce($5, embedding), chunking = coalesce($6::text::jsonb, chunking),
           language = coalesce($7, language), retrieval = coalesce($8::text::jsonb, retrieval), updated_at = now()
         where workspace = $1 and id = $2 and deleted_at is null`,
        [
          ...[workspace, id, name ?? null, description ?? null, embedding ?? null, json(chunking)],
          ...[language ?? null, json(retrieval)],
        ],
      );
      return get(id);
    },

    remove: (id) =>
      sql.transaction(async (inside) => {
        const removed = await inside.query(
          `update knowledge_bases set deleted_at = now()
           where workspace = $1 and id = $2 and deleted_at is null returning id`,
          [workspace, id],
        );
        await createGrantsRepository(inside, workspace).removeAll({ type: 'knowledge', id });
        return removed.length > 0;
      }),
  };
}

export function createDeletedKnowledge(sql: Sql): DeletedKnowledge {
  return {
    documents: (limit) =>
      sql.query(
        `select d.workspace, d.id as document from knowledge_documents d join knowledge_bases b on b.id = d.base
         where b.deleted_at is not null limit $1`,
        [limit],
      ),

    async removeDocument(document) {
      await sql.query('delete from knowledge_documents where id = $1', [document]);
    },

    async removeEmpty() {
      await sql.query(
        `delete from knowledge_bases b where b.deleted_at is not null
           and not exists (select 1 from knowledge_documents d where d.base = b.id)`,
      );
    },
  };
}

function toBase(row: Row): StoredKnowledgeBase {
  const { document_count, busy, failed, chunk_count, created_at, updated_at, ...facts } = row;
  return {
    ...facts,
    documents: { all: document_count, busy, failed },
    chunks: chunk_count,
    createdAt: toMoment(created_at),
    updatedAt: toMoment(updated_at),
  };
}
