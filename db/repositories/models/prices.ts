/** Prices that a workspace has written down. One for a provider goes before one for all of them. */
import type { ModelPrice } from '../../../contracts/models/price.ts';
import { type Sql, toMoment } from '../../sql.ts';

export interface StoredPrice extends ModelPrice {
  /** '': of every provider. */
  provider: string;
  model: string;
  updatedAt: string;
}

export interface ModelPricesRepository {
  /** By model. */
  list(): Promise<StoredPrice[]>;
  put(price: Omit<StoredPrice, 'updatedAt'>): Promise<StoredPrice>;
  remove(which: { provider: string; model: string }): Promise<StoredPrice | undefined>;
}

interface Row extends ModelPrice {
  provider: string;
  model: string;
  updated_at: string;
}

/** As numbers: the drivers give a bigint as text. */
const columns = `provider, model, input::float8 as input, cached::float8 as cached, cache_write::float8 as "cacheWrite",
  output::float8 as output, updated_at`;

export function createModelPricesRepository(sql: Sql, workspace: string): ModelPricesRepository {
  return {
    async list() {
      const rows = await sql.query<Row>(
        `select ${columns} from model_prices where workspace = $1 order by model, provider`,
        [workspace],
      );
      return rows.map(toPrice);
    },

    async put({ provider, model, input, cached, cacheWrite, output }) {
      const [row] = await sql.query<Row>(
        `insert into model_prices (workspace, provider, model, input, cached, cache_write, output, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, now())
         on conflict (workspace, provider, model) do update set input = excluded.input, cached = excluded.cached,
           cache_write = excluded.cache_write, output = excluded.output, updated_at = excluded.updated_at
         returning ${columns}`,
        [workspace, provider, model, input, cached, cacheWrite, output],
      );
      return toPrice(row!);
    },

    async remove({ provider, model }) {
      const [row] = await sql.query<Row>(
        `delete from model_prices where workspace = $1 and provider = $2 and model = $3 returning ${columns}`,
        [workspace, provider, model],
      );
      return row && toPrice(row);
    },
  };
}

function toPrice({ updated_at, ...row }: Row): StoredPrice {
  return { ...row, updatedAt: toMoment(updated_at) };
}
