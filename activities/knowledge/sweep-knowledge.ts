/**
 * Takes away what is in deleted knowledge bases, document by document: a large one would hold up whoever deletes it. Any number of
 * processes may do it at once, and die while they do.
 */
import type { Database, Log } from '../../db/index.ts';
import { documentKey, type ObjectStore } from '../../storage/index.ts';
import { createPasses, type Passes } from '../records/passes.ts';

export interface KnowledgeSweepOptions {
  db: Database;
  store: ObjectStore;
  log: Log;
  /** Milliseconds from the end of one pass to the next, default ten minutes. */
  everyMs?: number | undefined;
}

const atOnce = 50;

/** One pass. @returns how many documents are gone */
export async function sweepKnowledge({
  db,
  store,
}: Pick<KnowledgeSweepOptions, 'db' | 'store'>): Promise<number> {
  let removed = 0;
  for (;;) {
    const due = await db.asSystem(({ deletedKnowledge }) => deletedKnowledge.documents(atOnce));
    for (const { workspace, document } of due) {
      // The object before the row: afterwards nobody could tell whose it was.
      await store.delete(documentKey({ workspace, id: document }));
      await db.asSystem(({ deletedKnowledge }) => deletedKnowledge.removeDocument(document));
      removed += 1;
    }
    if (due.length < atOnce) break;
  }
  await db.asSystem(({ deletedKnowledge }) => deletedKnowledge.removeEmpty());
  return removed;
}

export function createKnowledgeSweep({ everyMs = 600_000, ...options }: KnowledgeSweepOptions): Passes {
  return createPasses({
    pass: () => sweepKnowledge(options),
    onError: (error) =>
      options.log.warn({ err: error }, 'Deleted knowledge bases could not be swept; next try later'),
    everyMs,
  });
}
