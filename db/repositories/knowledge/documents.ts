/** Documents of knowledge bases: what their ingestion writes, in steps that may be repeated, and what pages read. */
import { ulid } from 'ulid';
import type {
  DocumentFailure,
  DocumentMetadata,
  DocumentProgress,
  DocumentSource,
  DocumentState,
} from '../../../contracts/knowledge/document.ts';
import { likePattern, type Sql, toMoment } from '../../sql.ts';
import { decodeCursor, type Page, toPage } from '../cursor.ts';

export interface StoredDocument {
  id: string;
  base: string;
  /** The document whose crawl found it. */
  parent?: string | undefined;
  name: string;
  source: DocumentSource;
  /** Key in the store of what was fetched or typed. */
  object?: string | undefined;
  type?: string | undefined;
  state: DocumentState;
  progress?: DocumentProgress | undefined;
  failure?: DocumentFailure | undefined;
  metadata: DocumentMetadata;
  bytes?: number | undefined;
  pages?: number | undefined;
  chunks: number;
  tokens: number;
  contentHash?: string | undefined;
  version?: string | undefined;
  createdAt: string;
  updatedAt: string;
  syncedAt?: string | undefined;
}

export interface NewDocument {
  /** Left out: a new one. With one that is there nothing happens: a crawl may find a page twice. */
  id?: string | undefined;
  base: string;
  parent?: string | undefined;
  name: string;
  source: DocumentSource;
  object?: string | undefined;
  metadata?: DocumentMetadata | undefined;
  by?: string | undefined;
}

/** What an ingestion found of a version that is whole. */
export interface IngestedVersion {
  version: string;
  contentHash: string;
  type: string;
  bytes: number;
  pages?: number | undefined;
  /** A better name than the document has, e.g. the title of a page. */
  name?: string | undefined;
}

export interface DocumentsRepository {
  /** Undefined: the base is not there. */
  create(document: NewDocument): Promise<StoredDocument | undefined>;
  get(id: string): Promise<StoredDocument | undefined>;
  /** Newest first. */
  list(query: {
    base: string;
    state?: DocumentState | undefined;
    search?: string | undefined;
    cursor?: string | undefined;
    limit: number;
  }): Promise<Page<StoredDocument>>;
  /** Of a base, by their ids from behind one: those that no crawl found, or one that is gone. */
  roots(base: string, page: { after?: string | undefined; limit: number }): Promise<StoredDocument[]>;
  update(
    id: string,
    change: { name?: string | undefined; metadata?: DocumentMetadata | undefined },
  ): Promise<StoredDocument | undefined>;
  /** An ingestion is asked for. */
  wait(id: string): Promise<void>;
  /** It is under way, and there. Undefined: the document is gone, or its base is. */
  begin(id: string, progress: DocumentProgress): Promise<StoredDocument | undefined>;
  /** The key of what was fetched of it. */
  keep(id: string, object: string): Promise<void>;
  /** The source is what is searched already. */
  unchanged(id: string): Promise<void>;
  /** From now on this version is searched: in one transaction the other ones go. */
  switchTo(id: string, version: IngestedVersion): Promise<void>;
  /** What an earlier ingestion brought is still searched; what this one wrote goes. */
  fail(id: string, failure: DocumentFailure): Promise<void>;
  /** With its chunks. Undefined: there was none. */
  remove(id: string): Promise<StoredDocument | undefined>;
}

interface Row {
  id: string;
  base: string;
  parent: string | null;
  name: string;
  source: DocumentSource;
  object: string | null;
  type: string | null;
  state: DocumentState;
  progress: DocumentProgress | null;
  failure: DocumentFailure | null;
  metadata: DocumentMetadata;
  bytes: string | number | null;
  pages: number | null;
  chunks: number;
  tokens: number;
  content_hash: string | null;
  version: string | null;
  created_at: string;
  updated_at: string;
  synced_at: string | null;
}

const columns = `d.id, d.base, d.parent, d.name, d.source, d.object, d.type, d.state, d.progress, d.failure, d.metadata, d.bytes,
  d.pages, d.chunks, d.tokens, d.content_hash, d.version, d.created_at, d.updated_at, d.synced_at`;
/** $1 is the workspace. */
const from =
  'from knowledge_documents d join knowledge_bases b on b.id = d.base and b.deleted_at is null where d.workspace = $1';

export function createDocumentsRepository(sql: Sql, workspace: string): DocumentsRepository {
  const get = async (id: string) => {
    const [row] = await sql.query<Row>(`select ${columns} ${from} and d.id = $2`, [workspace, id]);
    return row && toDocument(row);
  };

  return {
    get,

    async create({ id = ulid(), base, parent, name, source, object, metadata = {}, by }) {
      await sql.query(
        `insert into knowledge_documents
           (id, workspace, base, parent, name, source, object, state, metadata, created_by, created_at, updated_at)
         select $2, $1, b.id, $4, $5, $6::text::jsonb, $7, 'waiting', $8::text::jsonb, $9, now(), now()
         from knowledge_bases b where b.workspace = $1 and b.id = $3 and b.deleted_at is null
         on conflict (id) do nothing`,
        [
          ...[workspace, id, base, parent ?? null, name, JSON.stringify(source), object ?? null],
          ...[JSON.stringify(metadata), by ?? null],
        ],
      );
      return get(id);
    },

    async list({ base, state, search, cursor, limit }) {
      const after = decodeCursor(cursor);
      const rows = await sql.query<Row>(
        `select ${columns} ${from} and d.base = $2 and ($3::text is null or d.state = $3)
           and ($4::text is null or d.name ilike $4)
           and ($5::timestamptz is null or (d.created_at, d.id) < ($5::timestamptz, $6::text))
         order by d.created_at desc, d.id desc limit $7`,
        [
          ...[workspace, base, state ?? null, search ? likePattern(search) : null],
          ...[after?.at ?? null, after?.id ?? null, limit + 1],
        ],
      );
      return toPage(rows, limit, (row) => ({ at: toMoment(row.created_at), id: row.id }), toDocument);
    },

    async roots(base, { after, limit }) {
      const rows = await sql.query<Row>(
        `select ${columns} ${from} and d.base = $2 and d.id > $3
           and (d.parent is null or not exists (select 1 from knowledge_documents p where p.id = d.parent))
         order by d.id limit $4`,
        [workspace, base, after ?? '', limit],
      );
      return rows.map(toDocument);
    },

    async update(id, { name, metadata }) {
      await sql.query(
        `update knowledge_documents set name = coalesce($3, name), metadata = coalesce($4::text::jsonb, metadata),
           updated_at = now() where workspace = $1 and id = $2`,
        [workspace, id, name ?? null, metadata ? JSON.stringify(metadata) : null],
      );
      return get(id);
    },

    async wait(id) {
      await sql.query(
        `update knowledge_documents set state = 'waiting', progress = null, failure = null, updated_at = now()
         where workspace = $1 and id = $2`,
        [workspace, id],
      );
    },

    async begin(id, progress) {
      await sql.query(
        `update knowledge_documents set state = 'running', progress = $3::text::jsonb, failure = null, updated_at = now()
         where workspace = $1 and id = $2`,
        [workspace, id, JSON.stringify(progress)],
      );
      return get(id);
    },

    async keep(id, object) {
      await sql.query('update knowledge_documents set object = $3 where workspace = $1 and id = $2', [
        workspace,
        id,
        object,
      ]);
    },

    async unchanged(id) {
      await sql.query(
        `update knowledge_documents set state = 'succeeded', progress = null, failure = null, synced_at = now(),
           updated_at = now() where workspace = $1 and id = $2`,
        [workspace, id],
      );
    },

    async switchTo(id, { version, contentHash, type, bytes, pages, name }) {
      await sql.transaction(async (inside) => {
        await inside.query(
          `update knowledge_documents d set state = 'succeeded', progress = null, failure = null, version = $3,
             content_hash = $4, type = $5, bytes = $6::bigint, pages = $7, name = coalesce($8, name),
             chunks = c.chunks, tokens = c.tokens, synced_at = now(), updated_at = now()
           from (select count(*)::int as chunks, coalesce(sum(tokens), 0)::int as tokens
             from knowledge_chunks where document = $2 and version = $3) c
           where d.workspace = $1 and d.id = $2`,
          [workspace, id, version, contentHash, type, bytes, pages ?? null, name ?? null],
        );
        await inside.query(
          'delete from knowledge_chunks where workspace = $1 and document = $2 and version <> $3',
          [workspace, id, version],
        );
      });
    },

    async fail(id, failure) {
      await sql.transaction(async (inside) => {
        await inside.query(
          `update knowledge_documents set state = 'failed', progress = null, failure = $3::text::jsonb, updated_at = now()
           where workspace = $1 and id = $2`,
          [workspace, id, JSON.stringify(failure)],
        );
        await inside.query(
          `delete from knowledge_chunks c using knowledge_documents d
           where c.workspace = $1 and c.document = $2 and d.id = c.document and c.version is distinct from d.version`,
          [workspace, id],
        );
      });
    },

    async remove(id) {
      const document = await get(id);
      if (document)
        await sql.query('delete from knowledge_documents where workspace = $1 and id = $2', [workspace, id]);
      return document;
    },
  };
}

function toDocument(row: Row): StoredDocument {
  const { parent, object, type, progress, failure, bytes, pages, content_hash, version, ...rest } = row;
  const { created_at, updated_at, synced_at, ...facts } = rest;
  return {
    ...facts,
    ...(parent !== null && { parent }),
    ...(object !== null && { object }),
    ...(type !== null && { type }),
    ...(progress !== null && { progress }),
    ...(failure !== null && { failure }),
    ...(bytes !== null && { bytes: Number(bytes) }),
    ...(pages !== null && { pages }),
    ...(content_hash !== null && { contentHash: content_hash }),
    ...(version !== null && { version }),
    createdAt: toMoment(created_at),
    updatedAt: toMoment(updated_at),
    ...(synced_at !== null && { syncedAt: toMoment(synced_at) }),
  };
}
