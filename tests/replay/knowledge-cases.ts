/** Workflows of knowledge whose histories are recorded: they report nothing by sinks. */
import { knowledgeSettings } from '../../contracts/knowledge/knowledge-base.ts';
import { reindexWorkflowIdOf } from '../../contracts/knowledge/reindex.ts';
import { sandboxEmbeddingModel, sandboxId } from '../../contracts/models/provider.ts';
import { startReindex } from '../../runs/knowledge/start-reindex.ts';
import type { GateCase } from './gate-cases.ts';

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
];
