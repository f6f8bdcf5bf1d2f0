/** Workflows of knowledge whose histories are recorded: they report nothing by sinks. */
import type { WorkflowHandle } from '@temporalio/client';
import type { DocumentSource } from '../../contracts/knowledge/document.ts';
import { crawlWorkflowIdOf, ingestWorkflowIdOf } from '../../contracts/knowledge/ingest.ts';
import { knowledgeSettings } from '../../contracts/knowledge/knowledge-base.ts';
import { reindexWorkflowIdOf } from '../../contracts/knowledge/reindex.ts';
import { sandboxEmbeddingModel, sandboxId } from '../../contracts/models/provider.ts';
import type { StoredDocument } from '../../db/index.ts';
import { startIngestion } from '../../runs/knowledge/start-ingestion.ts';
import { startReindex } from '../../runs/knowledge/start-reindex.ts';
import { documentKey } from '../../storage/index.ts';
import type { GateCase } from './gate-cases.ts';
import type { RunningEngine } from './running-engine.ts';

export const knowledgeCases: GateCase[] = [
  {
    // Vectors by a model that is gone, made anew by the sandbox's.
    name: 'knowledge-reindex',
    async record({ db, client, workspace }) {
      const base = await db.inWorkspace(
        workspace,
        async ({ knowledge: { bases, documents, ...knowledge } }) => {
          const { id } = await bases.create({
            ...{ name: 'Handbook', description: '' },
            ...knowledgeSettings.parse({ embedding: `model:${sandboxId}:${sandboxEmbeddingModel}` }),
          });
          const document = await documents.create({ base: id, name: 'a.txt', source: { kind: 'text' } });
          await knowledge.chunks.add({ document: document!.id, version: 'v1', language: 'english' }, [
            { position: 0, text: 'A passage.', overlap: 0, headings: [], tokens: 3 },
          ]);
          await knowledge.indexes.begin(id, { provider: 'gone', model: 'gone' });
          return id;
        },
      );
      const of = { workspace, base };
      await startReindex(client, of);
      const handle = client.workflow.getHandle(reindexWorkflowIdOf(of));
      await handle.result();
      const [index] = await db.inWorkspace(workspace, ({ knowledge }) => knowledge.indexes.live(base));
      if (index?.model !== sandboxEmbeddingModel || index.state !== 'active')
        throw new Error(`Searched is ${JSON.stringify(index)}.`);
      return handle;
    },
  },
  {
    name: 'knowledge-ingest',
    async record(engine) {
      const { id, ...of } = await addDocument(engine, { kind: 'text' });
      await engine.store.put(
        documentKey({ workspace: engine.workspace, id }),
        Buffer.from('# Hi\n\nA passage.'),
      );
      const handle = await ingest(engine, { id, ...of }, ingestWorkflowIdOf);
      await expectState(engine, id, 'succeeded');
      return handle;
    },
  },
  {
    // A site that the guard refuses: the crawl ends with its first page.
    name: 'knowledge-crawl',
    async record(engine) {
      const document = await addDocument(engine, { kind: 'url', url: 'http://10.0.0.1/', depth: 1 });
      const handle = await ingest(engine, document, crawlWorkflowIdOf);
      await expectState(engine, document.id, 'failed');
      return handle;
    },
  },
];

type Document = Pick<StoredDocument, 'id' | 'name' | 'source'>;

async function addDocument({ db, workspace }: RunningEngine, source: DocumentSource): Promise<Document> {
  const made = await db.inWorkspace(workspace, async ({ knowledge: { bases, documents } }) => {
    const { id: base } = await bases.create({
      ...{ name: 'Handbook', description: '' },
      ...knowledgeSettings.parse({}),
    });
    return documents.create({ base, name: 'a', source });
  });
  if (!made) throw new Error('No document was made.');
  return made;
}

async function ingest(
  { db, client, workspace }: RunningEngine,
  document: Document,
  idOf: (of: { workspace: string; document: string }) => string,
): Promise<WorkflowHandle> {
  await startIngestion({ db, temporal: client }, workspace, document);
  const handle = client.workflow.getHandle(idOf({ workspace, document: document.id }));
  await handle.result();
  return handle;
}

async function expectState({ db, workspace }: RunningEngine, id: string, state: string): Promise<void> {
  const document = await db.inWorkspace(workspace, ({ knowledge }) => knowledge.documents.get(id));
  if (document?.state !== state) throw new Error(`The document is ${JSON.stringify(document)}.`);
}
