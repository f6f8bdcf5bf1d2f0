/** Graphs of published versions, for whoever runs them: immutable, so a caller may keep them for ever. */
import type { Graph } from '../../contracts/graph.ts';
import type { Sql } from '../sql.ts';

export interface GraphsRepository {
  /** Undefined too when the version is another workspace's. */
  get(version: string, workspace: string): Promise<Graph | undefined>;
  /**
   * Automations whose published version has a node of one of these types.
   * @param workspace left out: of every living workspace
   */
  publishedWith(
    nodeTypes: readonly string[],
    workspace?: string,
  ): Promise<{ workspace: string; automation: string }[]>;
  /** What the published automations of a workspace call by their nodes; those that are off call nobody. */
  calls(workspace: string): Promise<PublishedCall[]>;
}

/** A published automation, and one that it calls. */
export interface PublishedCall {
  automation: string;
  name: string;
  /** The id of the other. */
  calls: string;
}

export function createGraphsRepository(sql: Sql): GraphsRepository {
  return {
    async get(version, workspace) {
      const [row] = await sql.query<{ graph: Graph }>(
        'select graph from versions where id = $1 and workspace = $2',
        [version, workspace],
      );
      return row?.graph;
    },

    publishedWith: (nodeTypes, workspace) =>
      sql.query<{ workspace: string; automation: string }>(
        `select a.workspace, a.id as automation from automations a
           join versions v on v.id = a.published_version
           join workspaces w on w.id = a.workspace and w.deleted_at is null
         where a.deleted_at is null and ($2::text is null or a.workspace = $2)
           and exists (select 1 from jsonb_array_elements(v.graph->'nodes') node where node->>'type' = any($1::text[]))
         order by a.workspace, a.name, a.id`,
        [`{${nodeTypes.join(',')}}`, workspace ?? null],
      ),

    calls: (workspace) =>
      sql.query<PublishedCall>(
        `select distinct a.id as automation, a.name, node->'parameters'->>'automation' as calls
         from automations a join versions v on v.id = a.published_version,
           jsonb_array_elements(v.graph->'nodes') node
         where a.workspace = $1 and a.deleted_at is null and node->>'type' = 'sub-automation'
           and node->'parameters'->>'automation' is not null and not coalesce((node->>'disabled')::boolean, false)`,
        [workspace],
      ),
  };
}
