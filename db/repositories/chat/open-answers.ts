/** Answers without an end, of all workspaces: for whoever asks Temporal what became of their conversations. */
import { type Sql, toMoment } from '../../sql.ts';

export interface OpenAnswer {
  workspace: string;
  conversation: string;
  message: string;
  createdAt: string;
}

export interface OpenAnswers {
  /** Those that were asked for so long ago, oldest first, behind the one that was given before. */
  list(query: {
    olderThanMs: number;
    after?: Pick<OpenAnswer, 'createdAt' | 'message'> | undefined;
    limit: number;
  }): Promise<OpenAnswer[]>;
}

interface Row {
  id: string;
  workspace: string;
  conversation: string;
  created_at: string;
}

/** @param sql of the system */
export function createOpenAnswers(sql: Sql): OpenAnswers {
  return {
    async list({ olderThanMs, after, limit }) {
      const rows = await sql.query<Row>(
        `select id, workspace, conversation, created_at from messages
         where state in ('queued', 'running', 'waiting') and created_at < now() - $1 * interval '1 millisecond'
           and ($2::timestamptz is null or (created_at, id) > ($2::timestamptz, $3::text))
         order by created_at, id limit $4`,
        [olderThanMs, after?.createdAt ?? null, after?.message ?? null, limit],
      );
      return rows.map(({ id, workspace, conversation, created_at }) => ({
        ...{ workspace, conversation, message: id, createdAt: toMoment(created_at) },
      }));
    },
  };
}
