/**
 * What people are told in the app. About one thing (a conversation, an automation) a person has one notification that is not read: the
 * next takes its place, and counts what it stands for, so that a storm of failures is one line.
 */
import { ulid } from 'ulid';
import type { Notification, NotificationAbout } from '../../../contracts/api/notifications.ts';
import { type Sql, toMoment, toOptionalMoment } from '../../sql.ts';
import { decodeCursor, type Page, toPage } from '../cursor.ts';

export interface NotificationsRepository {
  /**
   * @param key what happened: nobody is told of it twice
   * @param thread what it is about, as `threadOf` gives it
   * @returns those of the people who were not told of it before
   */
  tell(
    people: readonly string[],
    news: { key: string; thread: string; about: NotificationAbout },
  ): Promise<string[]>;
  /**
   * Of things that are told in the order of their marks, some of them perhaps again: counts those behind the last that was told.
   * @param marks sorted, the last is what `about` tells of
   * @returns those who are told something new
   */
  tellAll(
    people: readonly string[],
    news: { marks: readonly string[]; thread: string; about: NotificationAbout },
  ): Promise<string[]>;
  /** Newest first. */
  list(
    person: string,
    filter: { unread: boolean; cursor?: string | undefined; limit: number },
  ): Promise<Page<Notification>>;
  countUnread(person: string): Promise<number>;
  /** @param ids left out: all */
  markRead(person: string, ids?: readonly string[]): Promise<void>;
  /** They have seen it, or it is done. @param person left out: everybody's @returns whose */
  settle(thread: string, person?: string): Promise<string[]>;
  /** What it is about is gone. @returns whose were not read */
  removeThread(thread: string): Promise<string[]>;
}

export interface NotificationCleaner {
  /** @returns how many went */
  removeOlderThan(days: number): Promise<number>;
}

export type ThreadKind = 'conversation' | 'approval' | 'automation' | 'shared';

export function threadOf(kind: ThreadKind, id: string): string {
  return `${kind}:${id}`;
}

interface Row {
  id: string;
  about: NotificationAbout;
  times: number;
  title: string | null;
  created_at: string;
  read_at: string | null;
}

export function createNotificationsRepository(sql: Sql, workspace: string): NotificationsRepository {
  /** @param counted how many are new to `row.person`, and the key that they are remembered by, as SQL */
  async function insert(
    people: readonly string[],
    { thread, about }: { thread: string; about: NotificationAbout },
    counted: { times: string; key: string; mark: string; value: unknown },
  ): Promise<string[]> {
    if (people.length === 0) return [];
    const rows = await sql.query<{ person: string }>(
      `with given as (
         select row.id, row.person, ${counted.times} as times
         from json_to_recordset($2::text::json) as row (id text, person text)
       ),
       replaced as (
         delete from notifications n using given
         where n.workspace = $1 and n.person = given.person and n.thread = $3 and n.read_at is null and given.times > 0
         returning n.person, n.times
       )
       insert into notifications (id, workspace, person, key, about, thread, times, mark, created_at)
       select given.id, $1, given.person, ${counted.key}, $4::text::jsonb, $3,
         given.times + coalesce((select sum(times) from replaced where replaced.person = given.person), 0), ${counted.mark}, now()
       from given where given.times > 0
       on conflict (workspace, person, key) do nothing returning person`,
      [
        ...[workspace, JSON.stringify(people.map((person) => ({ id: ulid(), person })))],
        ...[thread, JSON.stringify(about), counted.value],
      ],
    );
    return rows.map(({ person }) => person);
  }

  return {
    tell: (people, { key, ...news }) =>
      insert(people, news, {
        times: `case when exists (select from notifications n where n.workspace = $1 and n.person = row.person and n.key = $5::text)
          then 0 else 1 end`,
        ...{ key: '$5::text', mark: 'null', value: key },
      }),

    tellAll: (people, { marks, ...news }) =>
      insert(people, news, {
        times: `(select count(*)::int from jsonb_array_elements_text($5::text::jsonb) each where each collate "C" > coalesce(
          (select max(n.mark collate "C") from notifications n where n.workspace = $1 and n.person = row.person and n.thread = $3), ''))`,
        key: `$3 || ' ' || ($5::text::jsonb ->> -1)`,
        mark: `$5::text::jsonb ->> -1`,
        value: JSON.stringify(marks),
      }),

    async list(person, { unread, cursor, limit }) {
      const after = decodeCursor(cursor);
      const rows = await sql.query<Row>(
        `select n.id, n.about, n.times, n.created_at, n.read_at, c.title from notifications n
         left join conversations c on c.workspace = n.workspace and n.about ->> 'kind' = 'answer' and c.id = n.about ->> 'conversation'
         where n.workspace = $1 and n.person = $2 and ($3 = false or n.read_at is null)
           and ($4::timestamptz is null or (n.created_at, n.id) < ($4::timestamptz, $5::text))
         order by n.created_at desc, n.id desc limit $6`,
        [workspace, person, unread, after?.at ?? null, after?.id ?? null, limit + 1],
      );
      return toPage(rows, limit, (row) => ({ at: toMoment(row.created_at), id: row.id }), toNotification);
    },

    async countUnread(person) {
      const [row] = await sql.query<{ count: number }>(
        `select count(*)::int as count from notifications where workspace = $1 and person = $2 and read_at is null`,
        [workspace, person],
      );
      return row?.count ?? 0;
    },

    async markRead(person, ids) {
      await sql.query(
        `update notifications set read_at = now()
         where workspace = $1 and person = $2 and read_at is null and ($3::text[] is null or id = any($3::text[]))`,
        [workspace, person, ids ? `{${ids.map((id) => JSON.stringify(id)).join(',')}}` : null],
      );
    },

    async settle(thread, person) {
      const rows = await sql.query<{ person: string }>(
        `update notifications set read_at = now()
         where workspace = $1 and thread = $2 and read_at is null and ($3::text is null or person = $3) returning person`,
        [workspace, thread, person ?? null],
      );
      return rows.map((row) => row.person);
    },

    async removeThread(thread) {
      const rows = await sql.query<{ person: string; read_at: string | null }>(
        'delete from notifications where workspace = $1 and thread = $2 returning person, read_at',
        [workspace, thread],
      );
      return rows.filter(({ read_at: readAt }) => readAt === null).map(({ person }) => person);
    },
  };
}

/** @param sql of the system */
export function createNotificationCleaner(sql: Sql): NotificationCleaner {
  return {
    async removeOlderThan(days) {
      const rows = await sql.query(
        `delete from notifications where created_at < now() - $1 * interval '1 day' returning id`,
        [days],
      );
      return rows.length;
    },
  };
}

function toNotification({ id, about, times, title, created_at, read_at }: Row): Notification {
  const readAt = toOptionalMoment(read_at);
  return {
    ...{ id, times, createdAt: toMoment(created_at), ...(readAt && { readAt }) },
    // Conversations get their titles after their first answers.
    about: about.kind === 'answer' ? { ...about, title: title ?? about.title } : about,
  };
}
