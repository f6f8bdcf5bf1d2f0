/** Conversations: whose they are, what they are called, who has read them, and finding them by their words. */
import { ulid } from 'ulid';
import type {
  Conversation,
  ConversationSummary,
  ConversationTrial,
  ConversationVisibility,
} from '../../../contracts/api/conversations.ts';
import type { Answerer } from '../../../contracts/chat/conversation.ts';
import { likePattern, type Sql, toMoment } from '../../sql.ts';
import { decodeCursor, type Page, toPage } from '../cursor.ts';

export interface NewConversation {
  owner: string;
  with: { kind: Answerer['kind']; id: string };
  visibility: ConversationVisibility;
  title?: string | undefined;
  trial?: ConversationTrial | undefined;
}

export interface StoredConversation extends Omit<Conversation, 'with'> {
  /** `user:<id>` or `key:<id>`. */
  owner: string;
  with: { kind: Answerer['kind']; id: string; name: string };
  titledBy: 'nobody' | 'model' | 'person';
}

export interface ConversationChange {
  title?: string | undefined;
  visibility?: ConversationVisibility | undefined;
  leaf?: string | undefined;
}

export interface ConversationFacts {
  owner: string;
  visibility: ConversationVisibility;
  title: string;
  trial: ConversationTrial | null;
}

export interface ConversationsRepository {
  create(conversation: NewConversation): Promise<string>;
  /** As `reader` sees it. Undefined also when it is not for them. */
  get(id: string, reader: string): Promise<StoredConversation | undefined>;
  /** Last said first: what the reader began and what is open to all, no trials. `search`: in titles and texts. */
  list(
    reader: string,
    filter: { search?: string | undefined; cursor?: string | undefined; limit: number },
  ): Promise<Page<ConversationSummary>>;
  change(id: string, change: ConversationChange): Promise<void>;
  /** A title by the model: only where nobody has given one. @returns whether it took */
  suggestTitle(id: string, title: string): Promise<boolean>;
  remove(id: string): Promise<void>;
  markRead(id: string, reader: string): Promise<void>;
  /** Whose it is, without asking who reads: for the system's own work. */
  ownerOf(id: string): Promise<ConversationFacts | undefined>;
}

interface Row {
  id: string;
  owner: string;
  visibility: ConversationVisibility;
  answerer_kind: Answerer['kind'];
  answerer: string;
  answerer_name: string | null;
  title: string;
  titled_by: StoredConversation['titledBy'];
  leaf: string | null;
  trial: ConversationTrial | null;
  created_at: string;
  updated_at: string;
  is_unread: boolean;
  is_busy: boolean;
  found_message?: string | null;
  found_text?: string | null;
}

/** `$2` is the reader. */
const columns = `c.id, c.owner, c.visibility, c.answerer_kind, c.answerer, c.title, c.titled_by, c.leaf, c.trial, c.created_at, c.updated_at,
  case c.answerer_kind
    when 'automation' then (select a.name from automations a where a.workspace = c.workspace and a.id = c.answerer)
    else (select a.name from agents a where a.workspace = c.workspace and a.id = c.answerer) end as answerer_name,
  c.updated_at > coalesce((select r.read_at from conversation_reads r where r.conversation = c.id and r.person = $2), '-infinity')
    as is_unread,
  exists (select from messages m where m.conversation = c.id and m.state in ('queued', 'running', 'waiting')) as is_busy`;
const isFor = `(c.owner = $2 or c.visibility = 'workspace')`;

/** Characters around what was found. */
const excerptLength = 160;

export function createConversationsRepository(sql: Sql, workspace: string): ConversationsRepository {
  return {
    async create({ owner, with: answerer, visibility, title = '', trial }) {
      const id = ulid();
      await sql.query(
        `insert into conversations (id, workspace, owner, visibility, answerer_kind, answerer, title, titled_by, trial, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, now(), now())`,
        [
          ...[id, workspace, owner, visibility, answerer.kind, answerer.id, title],
          ...[title === '' ? 'nobody' : 'person', trial ?? null],
        ],
      );
      return id;
    },

    async get(id, reader) {
      const [row] = await sql.query<Row>(
        `select ${columns} from conversations c where c.workspace = $1 and c.id = $3 and ${isFor}`,
        [workspace, reader, id],
      );
      if (!row) return undefined;
      const { titled_by: titledBy, owner, leaf, trial } = row;
      return {
        ...toSummary(reader)(row),
        ...(leaf !== null && { leaf }),
        ...(trial !== null && { trial }),
        ...{ owner, titledBy },
      };
    },

    async list(reader, { search, cursor, limit }) {
      const after = decodeCursor(cursor);
      const words = wordsOf(search);
      const rows = await sql.query<Row>(
        `select ${columns}, found.id as found_message, found.text as found_text
         from conversations c
         left join lateral (
           select m.id, m.text from messages m
           where $5 <> '' and m.conversation = c.id and to_tsvector('simple', m.text) @@ to_tsquery('simple', nullif($5, ''))
           order by m.created_at desc limit 1) found on true
         where c.workspace = $1 and ${isFor} and c.trial is null
           and ($3::timestamptz is null or (c.updated_at, c.id) < ($3::timestamptz, $4::text))
           and ($6::text is null or c.title ilike $6 or found.id is not null)
         order by c.updated_at desc, c.id desc limit $7`,
        [
          ...[workspace, reader, after?.at ?? null, after?.id ?? null, words.join(' & ')],
          ...[search ? likePattern(search) : null, limit + 1],
        ],
      );
      const summary = toSummary(reader);
      return toPage(
        rows,
        limit,
        (row) => ({ at: toMoment(row.updated_at), id: row.id }),
        (row) => {
          const { found_message: message, found_text: found } = row;
          if (!message || found == null) return summary(row);
          return { ...summary(row), found: { message, excerpt: excerptOf(found, words) } };
        },
      );
    },

    async change(id, { title, visibility, leaf }) {
      await sql.query(
        `update conversations set title = coalesce($3, title), titled_by = case when $3::text is null then titled_by else 'person' end,
           visibility = coalesce($4, visibility), leaf = coalesce($5, leaf)
         where workspace = $1 and id = $2`,
        [workspace, id, title ?? null, visibility ?? null, leaf ?? null],
      );
    },

    async suggestTitle(id, title) {
      const rows = await sql.query(
        `update conversations set title = $3, titled_by = 'model'
         where workspace = $1 and id = $2 and titled_by = 'nobody' returning id`,
        [workspace, id, title],
      );
      return rows.length > 0;
    },

    async remove(id) {
      await sql.query('delete from conversations where workspace = $1 and id = $2', [workspace, id]);
    },

    async markRead(id, reader) {
      await sql.query(
        `insert into conversation_reads (conversation, person, workspace, read_at) values ($2, $3, $1, clock_timestamp())
         on conflict (conversation, person) do update set read_at = greatest(conversation_reads.read_at, excluded.read_at)`,
        [workspace, id, reader],
      );
    },

    async ownerOf(id) {
      const [row] = await sql.query<ConversationFacts>(
        'select owner, visibility, title, trial from conversations where workspace = $1 and id = $2',
        [workspace, id],
      );
      return row;
    },
  };
}

const toSummary =
  (reader: string) =>
  (row: Row): ConversationSummary => ({
    id: row.id,
    title: row.title,
    with: { kind: row.answerer_kind, id: row.answerer, name: row.answerer_name ?? '' },
    visibility: row.visibility,
    mine: row.owner === reader,
    createdAt: toMoment(row.created_at),
    updatedAt: toMoment(row.updated_at),
    unread: row.is_unread,
    busy: row.is_busy,
  });

/** Words as a text search takes them, each perhaps begun only. Letters and digits: its operators are nobody's to write. */
function wordsOf(search: string | undefined): string[] {
  const words = search?.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.slice(0, 10).map((word) => `${word}:*`);
}

function excerptOf(text: string, words: readonly string[]): string {
  const lower = text.toLowerCase();
  const at = Math.max(0, Math.min(...words.map((word) => positionOf(lower, word.slice(0, -2)))) - 40);
  const from = Number.isFinite(at) ? at : 0;
  const excerpt = text
    .slice(from, from + excerptLength)
    .toWellFormed()
    .replace(/\s+/g, ' ')
    .trim();
  return `${from > 0 ? '… ' : ''}${excerpt}${from + excerptLength < text.length ? ' …' : ''}`;
}

function positionOf(text: string, word: string): number {
  const at = text.indexOf(word);
  return at < 0 ? Number.POSITIVE_INFINITY : at;
}
