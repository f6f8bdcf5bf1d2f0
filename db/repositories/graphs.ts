/** Graphs of published versions by the version's id, for whoever runs them: immutable, so a caller may keep them for ever. */
import type { Graph } from '../../contracts/graph.ts';
import type { Sql } from '../sql.ts';

export interface GraphsRepository {
  get(version: string): Promise<Graph | undefined>;
}

export function createGraphsRepository(sql: Sql): GraphsRepository {
  return {
    async get(version) {
      const [row] = await sql.query<{ graph: Graph }>('select graph from versions where id = $1', [version]);
      return row?.graph;
    },
  };
}
