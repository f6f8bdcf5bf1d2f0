/** Workspaces full of knowledge, by the repositories that ingestion writes with. */
import { knowledgeSettings } from '../../contracts/knowledge/knowledge-base.ts';
import type { KnowledgeIndex } from '../../contracts/knowledge/knowledge-index.ts';
import { chunkIdOf, type Database, vectorText } from '../../db/index.ts';
import { createWorkspace } from '../../db/testing/fixtures.ts';
import { type MadeUp, topics } from './made-up.ts';

export interface FilledBase {
  workspace: string;
  base: string;
  index: KnowledgeIndex;
  chunks: { id: string; team: number; vector: Float32Array }[];
}

/** Each has documents of one team in a hundred: what a filter by team leaves is one percent. */
export const teams = 100;
const chunksOfDocument = 20;
const wordsOfChunk = 200;

export async function fillBase(db: Database, madeUp: MadeUp, chunks: number): Promise<FilledBase> {
  const workspace = await createWorkspace(db);
  const filled = await db.inWorkspace(workspace, async ({ knowledge }) => {
    const { id: base } = await knowledge.bases.create({
      ...{ name: 'Benchmark', description: '' },
      ...knowledgeSettings.parse({}),
    });
    await knowledge.indexes.begin(base, { provider: 'bench', model: 'made-up' });
    const [index] = await knowledge.indexes.live(base);
    return { workspace, base, index: index!, chunks: [] as FilledBase['chunks'] };
  });
  for (let n = 0; n * chunksOfDocument < chunks; n++) await addDocument(db, madeUp, filled, n % teams);
  return filled;
}

async function addDocument(db: Database, madeUp: MadeUp, filled: FilledBase, team: number): Promise<void> {
  const { workspace, base, index } = filled;
  const version = 'v1';
  await db.atOnce(workspace, async ({ knowledge: { documents, chunks, vectors } }) => {
    const created = await documents.create({
      ...{ base, name: `Document of team ${team}`, source: { kind: 'text' } },
      metadata: { team },
    });
    const document = created!.id;
    const topic = madeUp.below(topics);
    const made = Array.from({ length: chunksOfDocument }, (_, position) => ({
      position,
      text: madeUp.text(wordsOfChunk),
      vector: madeUp.vector(topic),
      id: chunkIdOf(document, version, position),
    }));
    await chunks.add(
      { document, version, language: 'english' },
      made.map(({ position, text }) => ({ position, text, overlap: 0, headings: [], tokens: 300 })),
    );
    await vectors.add(
      index.id,
      made.map(({ id, vector }) => ({ chunk: id, vector: vectorText([...vector]) })),
    );
    await documents.switchTo(document, {
      ...{ version, contentHash: document, type: 'text/plain', bytes: 1_000 },
    });
    filled.chunks.push(...made.map(({ id, vector }) => ({ id, team, vector })));
  });
}
