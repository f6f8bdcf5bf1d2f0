import { knowledgeSettings } from '../../contracts/knowledge/knowledge-base.ts';
import type { Database } from '../../db/index.ts';

/** A knowledge base with one document, which is found by its words. @returns ids */
export function addKnowledge(
  db: Database,
  workspace: string,
  { name, texts }: { name: string; texts: readonly string[] },
): Promise<{ base: string; document: string }> {
  return db.inWorkspace(workspace, async ({ knowledge: { bases, documents, chunks } }) => {
    const { id: base } = await bases.create({
      ...{ name, description: '' },
      ...knowledgeSettings.parse({}),
    });
    const created = await documents.create({ base, name: `${name}.md`, source: { kind: 'text' } });
    const document = created!.id;
    await chunks.add(
      { document, version: 'v1', language: 'english' },
      texts.map((text, position) => ({ position, text, overlap: 0, headings: ['Terms'], tokens: 9 })),
    );
    await documents.switchTo(document, {
      ...{ version: 'v1', contentHash: 'h', type: 'text/markdown', bytes: 9 },
    });
    return { base, document };
  });
}
