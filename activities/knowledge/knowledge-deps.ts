import type { Database } from '../../db/index.ts';
import type { Guard } from '../../outbound/guard/index.ts';
import type { ObjectStore } from '../../storage/index.ts';
import type { TransformPool } from '../transforms/transform-pool.ts';

/** What taking documents in works with. */
export interface IngestDeps {
  db: Database;
  store: ObjectStore;
  guard: Guard;
  transforms: TransformPool;
}
