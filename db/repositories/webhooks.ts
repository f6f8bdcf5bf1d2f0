/** The hot path of every webhook: one query by primary key gives all that starting the run needs, but the graph. */
import type { Sql } from '../sql.ts';
import type { WebhookRoute } from './publish.ts';

export interface WebhookTarget {
  workspace: string;
  automation: { id: string; name: string };
  version: { id: string; number: number };
  /** The trigger node. */
  node: string;
}

/** Crosses workspaces: a webhook's caller has none yet. In a deleted workspace nobody listens. */
export interface WebhookFinder {
  /** @param method upper case @param path without the leading slash */
  find(method: string, path: string): Promise<WebhookTarget | undefined>;
  /** The methods that some automation listens for at `path`: a 405 names them. */
  methods(path: string): Promise<string[]>;
}

export interface WebhooksRepository {
  /** The routes of a published automation. */
  list(automation: string): Promise<WebhookRoute[]>;
  /** The webhook of a node, as it is published now. */
  target(automation: string, node: string): Promise<WebhookTarget | undefined>;
}

interface TargetRow {
  workspace: string;
  automation: string;
  name: string;
  version: string;
  number: number;
  node: string;
}

const targetColumns =
  'workspace, automation, automation_name as name, version, version_number as number, node';

function toTarget({ workspace, automation, name, version, number, node }: TargetRow): WebhookTarget {
  return { workspace, automation: { id: automation, name }, version: { id: version, number }, node };
}

export function createWebhookFinder(sql: Sql): WebhookFinder {
  return {
    async find(method, path) {
      const [row] = await sql.query<TargetRow>(
        `select ${targetColumns} from webhooks where path = $2 and method = $1 and not suspended`,
        [method, path],
      );
      return row && toTarget(row);
    },

    async methods(path) {
      const rows = await sql.query<{ method: string }>(
        'select method from webhooks where path = $1 and not suspended order by method',
        [path],
      );
      return rows.map((row) => row.method);
    },
  };
}

export function createWebhooksRepository(sql: Sql, workspace: string): WebhooksRepository {
  return {
    list: (automation) =>
      sql.query<WebhookRoute>(
        'select node, method, path from webhooks where workspace = $1 and automation = $2 order by path, method',
        [workspace, automation],
      ),

    async target(automation, node) {
      const [row] = await sql.query<TargetRow>(
        `select ${targetColumns} from webhooks
         where workspace = $1 and automation = $2 and node = $3 and not suspended limit 1`,
        [workspace, automation, node],
      );
      return row && toTarget(row);
    },
  };
}
