/** What people are told in the app. */
import { ulid } from 'ulid';
import type { Notification, NotificationAbout } from '../../../contracts/api/notifications.ts';
import { type Sql, toMoment, toOptionalMoment } from '../../sql.ts';
import { decodeCursor, type Page, toPage } from '../cursor.ts';

export interface NotificationsRepository {
  /** @returns those of the people who were not told of it (`key`) before */
  tell(people: readonly string[], key: string, about: NotificationAbout): Promise<string[]>;
  /** Newest first. */
  list(
    person: string,
    filter: { unread: boolean; cursor?: string | undefined; limit: number },
  ): Promise<Page<Notification>>;
  countUnread(person: string): Promise<number>;
  /** @param ids left out: all */
  markRead(person: string, ids?: readonly string[]): Promise<void>;
}

export interface NotificationCleaner {
  /** @returns how many went */
  removeOlderThan(days: number): Promise<number>;
}

interface Row {
  id: string;
  about: NotificationAbout;
  created_at: string;
  read_at: string | null;
}

export function createNotificationsRepository(sql: Sql, workspace: string): NotificationsRepository {
  return {
    async tell(people, key, about) {
      const rows = await sql.query<{ person: string }>(
        `insert into notifications (id, workspace, person, key, about, created_at)
         select row.id, $1, row.person, $3, $4::text::jsonb, now() from json_to_recordset($2::text::json) as row (id text, person text)
         on conflict (workspace, person, key) do nothing returning person`,
        [
          workspace,
          JSON.stringify(people.map((person) => ({ id: ulid(), person }))),
          key,
          JSON.stringify(about),
        ],
      );
      return rows.map(({ person }) => person);
    },

    async list(person, { unread, cursor, limit }) {
      const after = decodeCursor(cursor);
      const rows = await sql.query<Row>(
        `select id, about, created_at, read_at from notifications
         where workspace = $1 and person = $2 and ($3 = false or read_at is null)
           and ($4::timestamptz is null or (created_at, id) < ($4::timestamptz, $5::text))
         order by created_at desc, id desc limit $6`,
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

function toNotification({ id, about, created_at, read_at }: Row): Notification {
  const readAt = toOptionalMoment(read_at);
  return { id, about, createdAt: toMoment(created_at), ...(readAt && { readAt }) };
}
