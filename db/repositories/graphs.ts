/** Graphs of published versions by the version's id, for whoever runs them: immutable, so a caller may keep them for ever. */
import type { Graph } from '../../contracts/graph.ts';
import type { Sql } from '../sql.ts';

export interface GraphsRepository {
  /** Undefined too when the version is another workspace's. */
  get(version: string, workspace: string): Promise<Graph | undefined>;
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
  };
}
