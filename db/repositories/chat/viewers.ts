/** Who looks at a conversation now, whichever process their browser is connected to. A browser that died is forgotten by its time. */
import type { Sql } from '../../sql.ts';

export interface ViewersRepository {
  /** @param person `user:<id>` or `key:<id>` */
  look(viewer: { conversation: string; socket: string; person: string }): Promise<void>;
  leave(viewer: { conversation: string; socket: string }): Promise<void>;
}

/** Across all workspaces. */
export interface ViewerCleaner {
  /** Takes away those whose time is over. */
  removeOver(): Promise<void>;
}

/** Browsers say every 20 seconds that they are there: one that missed it twice has gone. */
const staysFor = `interval '50 seconds'`;

export function createViewersRepository(sql: Sql, workspace: string): ViewersRepository {
  return {
    async look({ conversation, socket, person }) {
      await sql.query(
        `insert into chat_viewers (conversation, socket, workspace, person, until)
         select id, $3, workspace, $4, now() + ${staysFor} from conversations where workspace = $1 and id = $2
         on conflict (conversation, socket) do update set until = excluded.until`,
        [workspace, conversation, socket, person],
      );
    },

    async leave({ conversation, socket }) {
      await sql.query('delete from chat_viewers where workspace = $1 and conversation = $2 and socket = $3', [
        workspace,
        conversation,
        socket,
      ]);
    },
  };
}

/** @param sql of the system */
export function createViewerCleaner(sql: Sql): ViewerCleaner {
  return {
    async removeOver() {
      await sql.query('delete from chat_viewers where until < now()');
    },
  };
}
