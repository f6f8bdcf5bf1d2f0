/** Uploaded files of a workspace: on their way, checked, ready, and what of them shares its bytes with others. */
import { ulid } from 'ulid';
import { type FilePurpose, type FileVisibility, sharedPictureKey } from '../../contracts/files.ts';
import type { FileRefusal } from '../entities/file.ts';
import { likePattern, type Sql, toMoment } from '../sql.ts';
import { refersToFile } from './chat/refers-to-file.ts';
import { decodeCursor, type Page, toPage } from './cursor.ts';
import { columns, type Row, type StoredFile, toFile } from './stored-file.ts';

export interface NewFile {
  name: string;
  type: string;
  bytes: number;
  purpose: FilePurpose;
  visibility: FileVisibility;
  createdBy: string;
  /** Seconds after which it is swept, unless it got ready. */
  sweepIn: number;
  /** Bytes that the workspace may store; 0: no limit. */
  limit: number;
}

/** What a check has found. */
export type CheckedFile = Required<Pick<StoredFile, 'type' | 'sha256' | 'object'>> &
  Pick<StoredFile, 'thumbnail' | 'width' | 'height'>;

export interface FilesRepository {
  /** @returns undefined when the workspace would store more than its limit; what is on its way counts */
  create(file: NewFile): Promise<StoredFile | undefined>;
  get(id: string): Promise<StoredFile | undefined>;
  /** Those that are ready, newest first. `by`: those of one person only. */
  list(query: {
    purpose?: FilePurpose | undefined;
    search?: string | undefined;
    by?: string | undefined;
    cursor?: string | undefined;
    limit: number;
  }): Promise<Page<StoredFile>>;
  setUpload(id: string, upload: string): Promise<void>;
  /** Takes the check of a file for so long. False: somebody else has it, or it has been settled. */
  claim(id: string, forSeconds: number): Promise<boolean>;
  /** One that is claimed goes back to those on their way: not all of it has arrived. */
  release(id: string): Promise<void>;
  /**
   * It is what was said. When the workspace has the same bytes already, the file shares them.
   * @returns the file, and the objects that nothing needs now. Undefined: it was settled by somebody else.
   */
  settle(
    id: string,
    found: CheckedFile,
    sweepIn: number | undefined,
  ): Promise<{ file: StoredFile; unneeded: string[] } | undefined>;
  /** It is not; the row stays for so long, to tell why. */
  refuse(id: string, refusal: FileRefusal, sweepIn: number): Promise<void>;
  /**
   * @param keepSeconds while a link may still write to it, its row stays for the sweep, as a cancelled upload; left out: it goes
   * @returns the objects that nothing needs now; undefined: there was none
   */
  remove(id: string, keepSeconds?: number): Promise<{ file: StoredFile; unneeded: string[] } | undefined>;
  /** Somebody refers to it: an agent shows it, a message holds it, a document of a knowledge base is made of it. */
  isReferred(id: string): Promise<boolean>;
  /** A message holds it in a conversation that the reader may see. @param reader as in `Conversation.owner` */
  isInConversationOf(id: string, reader: string): Promise<boolean>;
  /** The sweep has been there: it comes back after so long, or never. */
  swept(id: string, sweepIn: number | undefined): Promise<void>;
  /** The same bytes count once. */
  use(): Promise<{ files: number; bytes: number }>;
}

/** Across all workspaces. */
export interface FileSweep {
  /** Files whose time to be swept has come, unless somebody checks them. */
  due(limit: number): Promise<StoredFile[]>;
}

const seconds = (parameter: string) => `now() + ${parameter}::int * interval '1 second'`;

export function createFileSweep(sql: Sql): FileSweep {
  return {
    async due(limit) {
      const rows = await sql.query<Row>(
        `select ${columns} from files where sweep_at <= now() and coalesce(checked_until < now(), true) order by sweep_at limit $1`,
        [limit],
      );
      return rows.map(toFile);
    },
  };
}

export function createFilesRepository(sql: Sql, workspace: string): FilesRepository {
  const used = async (within: Sql) => {
    const [row] = await within.query<{ files: string | number; bytes: string | number }>(
      `select count(*) as files, coalesce(sum(bytes), 0) as bytes from (
         select distinct on (coalesce(object, id)) bytes from files where workspace = $1 and state <> 'refused') each`,
      [workspace],
    );
    return { files: Number(row?.files ?? 0), bytes: Number(row?.bytes ?? 0) };
  };
  const get = async (id: string, within: Sql = sql) => {
    const [row] = await within.query<Row>(`select ${columns} from files where workspace = $1 and id = $2`, [
      workspace,
      id,
    ]);
    return row && toFile(row);
  };

  return {
    create: (file) =>
      sql.transaction(async (within) => {
        if (file.limit > 0) {
          // One after the other, so that two uploads at once can't both be the last that fits.
          await lock(within, `${workspace}:use`);
          if ((await used(within)).bytes + file.bytes > file.limit) return undefined;
        }
        const [row] = await within.query<Row>(
          `insert into files (id, workspace, name, type, bytes, purpose, visibility, state, created_by, created_at, sweep_at)
           values ($1, $2, $3, $4, $5, $6, $7, 'uploading', $8, now(), ${seconds('$9')}) returning ${columns}`,
          [
            ...[ulid(), workspace, file.name, file.type, file.bytes, file.purpose, file.visibility],
            ...[file.createdBy, file.sweepIn],
          ],
        );
        return row && toFile(row);
      }),

    get: (id) => get(id),

    async list({ purpose, search, by, cursor, limit }) {
      const after = decodeCursor(cursor);
      const rows = await sql.query<Row>(
        `select ${columns} from files where workspace = $1 and state = 'ready'
           and ($2::text is null or purpose = $2) and ($3::text is null or name ilike $3)
           and ($4::text is null or created_by = $4)
           and ($5::timestamptz is null or (created_at, id) < ($5::timestamptz, $6::text))
         order by created_at desc, id desc limit $7`,
        [
          ...[workspace, purpose ?? null, search ? likePattern(search) : null, by ?? null],
          ...[after?.at ?? null, after?.id ?? null, limit + 1],
        ],
      );
      return toPage(rows, limit, ({ created_at, id }) => ({ at: toMoment(created_at), id }), toFile);
    },

    async setUpload(id, upload) {
      await sql.query('update files set upload = $3 where workspace = $1 and id = $2', [
        workspace,
        id,
        upload,
      ]);
    },

    async claim(id, forSeconds) {
      const claimed = await sql.query(
        `update files set state = 'checking', checked_until = ${seconds('$3')}
         where workspace = $1 and id = $2
           and (state = 'uploading' or (state = 'checking' and checked_until < now())) returning id`,
        [workspace, id, forSeconds],
      );
      return claimed.length > 0;
    },

    async release(id) {
      await sql.query(
        `update files set state = 'uploading', checked_until = null where workspace = $1 and id = $2 and state = 'checking'`,
        [workspace, id],
      );
    },

    settle: (id, found, sweepIn) =>
      sql.transaction(async (within) => {
        // Against whoever settles or removes a file of the same bytes at this moment.
        await lock(within, `${workspace}:${found.sha256}`);
        const file = await get(id, within);
        if (file?.state !== 'checking') return undefined;
        const [twin] = await within.query<Row>(
          `select ${columns} from files where workspace = $1 and sha256 = $2 and visibility = $3 and state = 'ready' limit 1`,
          [workspace, found.sha256, file.visibility],
        );
        const { object, thumbnail, width, height } = twin ? toFile(twin) : found;
        const [row] = await within.query<Row>(
          `update files set state = 'ready', type = $3, sha256 = $4, object = $5, thumbnail = $6, width = $7, height = $8,
             upload = null, checked_until = null, ready_at = now(), sweep_at = ${seconds('$9')}
           where workspace = $1 and id = $2 returning ${columns}`,
          [
            ...[workspace, id, found.type, found.sha256, object ?? null, thumbnail ?? null],
            ...[width ?? null, height ?? null, sweepIn ?? null],
          ],
        );
        const kept = new Set([object, thumbnail]);
        const unneeded = [found.object, found.thumbnail].filter(
          (key): key is string => key !== undefined && !kept.has(key),
        );
        return row && { file: toFile(row), unneeded };
      }),

    async refuse(id, refusal, sweepIn) {
      await sql.query(
        `update files set state = 'refused', refusal = $3::text::jsonb, upload = null, checked_until = null,
           sweep_at = ${seconds('$4')}
         where workspace = $1 and id = $2 and state = 'checking'`,
        [workspace, id, JSON.stringify(refusal), sweepIn],
      );
    },

    remove: (id, keepSeconds) =>
      sql.transaction(async (within) => {
        const before = await get(id, within);
        if (before?.sha256) await lock(within, `${workspace}:${before.sha256}`);
        const file = await get(id, within);
        if (!file) return undefined;
        await within.query(
          keepSeconds === undefined
            ? 'delete from files where workspace = $1 and id = $2 and $3::int is null'
            : `update files set state = 'refused', object = null, thumbnail = null, refusal = '{"code":"upload-cancelled","values":{}}',
                 sweep_at = ${seconds('$3')} where workspace = $1 and id = $2`,
          [workspace, id, keepSeconds ?? null],
        );
        const shared = file.thumbnail === undefined ? undefined : sharedPictureKey(file.thumbnail);
        const keys = [file.object, file.thumbnail, shared].filter((key) => key !== undefined);
        const sharing = await within.query(
          'select 1 from files where workspace = $1 and object = $2 limit 1',
          [workspace, file.object ?? null],
        );
        return { file, unneeded: sharing.length > 0 ? [] : keys };
      }),

    async isReferred(id) {
      const [row] = await sql.query<{ referred: boolean }>(
        `select exists (select 1 from agents where workspace = $1 and avatar = $2)
           or exists (select 1 from messages where workspace = $1 and ${refersToFile('$2')})
           or exists (select 1 from knowledge_documents where workspace = $1 and source ->> 'kind' = 'file'
             and source ->> 'file' = $2) as referred`,
        [workspace, id],
      );
      return row?.referred ?? false;
    },

    async isInConversationOf(id, reader) {
      const found = await sql.query(
        `select 1 from messages m join conversations c on c.id = m.conversation
         where m.workspace = $1 and ${refersToFile('$2', 'm')} and (c.owner = $3 or c.visibility = 'workspace') limit 1`,
        [workspace, id, reader],
      );
      return found.length > 0;
    },

    async swept(id, sweepIn) {
      await sql.query(`update files set sweep_at = ${seconds('$3')} where workspace = $1 and id = $2`, [
        workspace,
        id,
        sweepIn ?? null,
      ]);
    },

    use: () => used(sql),
  };
}

async function lock(sql: Sql, what: string): Promise<void> {
  await sql.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`files:${what}`]);
}
