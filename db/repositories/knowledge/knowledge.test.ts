import { expect, it } from '@jest/globals';
import type { ChunkText } from '../../../contracts/knowledge/chunk.ts';
import { knowledgeSettings } from '../../../contracts/knowledge/knowledge-base.ts';
import { describeDatabases } from '../../testing/describe-databases.ts';
import { createWorkspace } from '../../testing/fixtures.ts';

const chunksOf = (...texts: string[]): ChunkText[] =>
  texts.map((text, position) => ({ position, text, overlap: 0, headings: ['Title'], tokens: 2 }));

const found = (version: string) => ({
  version,
  contentHash: `hash of ${version}`,
  type: 'text/plain',
  bytes: 9,
});

describeDatabases('Knowledge', (database) => {
  async function createDocument(workspace: string) {
    return database().inWorkspace(workspace, async ({ knowledge }) => {
      const base = await knowledge.bases.create({
        ...{ name: 'Handbook', description: '' },
        ...knowledgeSettings.parse({}),
      });
      const document = await knowledge.documents.create({
        ...{ base: base.id, name: 'a.txt', source: { kind: 'text' } },
      });
      if (!document) throw new Error('No document was made.');
      return { base: base.id, document: document.id };
    });
  }

  it('shows chunks once their version is the document’s, and takes those before it away', async () => {
    const workspace = await createWorkspace(database());
    const { base, document } = await createDocument(workspace);
    await database().inWorkspace(workspace, async ({ knowledge: { bases, documents, chunks, passages } }) => {
      const of = { document, language: 'english' as const };
      expect(await chunks.add({ ...of, version: 'v1' }, chunksOf('one', 'two'))).toBe(true);
      expect(await chunks.list({ document }, { from: 0, limit: 9 })).toEqual([]);
      expect(await chunks.add({ ...of, version: 'v1' }, chunksOf('one', 'two', 'three'))).toBe(true);
      await documents.switchTo(document, found('v1'));
      const first = await chunks.list({ document }, { from: 0, limit: 9 });
      expect(first.map(({ text }) => text)).toEqual(['one', 'two', 'three']);
      expect(new Set(first.map(({ id }) => id)).size).toBe(3);

      await chunks.add({ ...of, version: 'v2' }, chunksOf('new'));
      expect(await chunks.list({ document }, { from: 1, limit: 1 })).toEqual([first[1]]);
      expect(await chunks.list({ document, version: 'v2' }, { from: 0, limit: 9 })).toHaveLength(1);
      await documents.switchTo(document, found('v2'));
      expect(await passages.read(first.map(({ id }) => id))).toEqual([]);
      expect(await documents.get(document)).toMatchObject({ state: 'succeeded', chunks: 1, version: 'v2' });
      const counted = { documents: { all: 1, busy: 0, failed: 0 }, chunks: 1 };
      expect(await bases.get(base)).toMatchObject({ ...(await bases.settings(base)), ...counted });
    });
  });

  it('keeps what is searched when an ingestion fails, and nothing of what that wrote', async () => {
    const workspace = await createWorkspace(database());
    const { document } = await createDocument(workspace);
    await database().inWorkspace(workspace, async ({ knowledge: { documents, chunks } }) => {
      const of = { document, language: 'simple' as const };
      await chunks.add({ ...of, version: 'v1' }, chunksOf('one'));
      await documents.switchTo(document, found('v1'));
      await documents.begin(document, { step: 'read', done: 0 });
      await chunks.add({ ...of, version: 'v2' }, chunksOf('half'));
      await documents.fail(document, { code: 'document-empty', values: {} });
      expect(await documents.get(document)).toMatchObject({ state: 'failed', chunks: 1, version: 'v1' });
      expect(await chunks.list({ document, version: 'v2' }, { from: 0, limit: 9 })).toEqual([]);
      expect(await chunks.list({ document }, { from: 0, limit: 9 })).toHaveLength(1);
    });
  });

  it('writes nothing for a document that is gone, and finds nothing of a base that is', async () => {
    const workspace = await createWorkspace(database());
    const { base, document } = await createDocument(workspace);
    await database().inWorkspace(workspace, async ({ knowledge: { bases, documents, chunks } }) => {
      const of = { document, version: 'v1', language: 'simple' as const };
      await chunks.add(of, chunksOf('one'));
      expect(await bases.remove(base)).toBe(true);
      expect(await bases.settings(base)).toBeUndefined();
      expect(await documents.get(document)).toBeUndefined();
      expect(await chunks.add(of, chunksOf('one', 'two'))).toBe(false);
      expect(await documents.create({ base, name: 'b', source: { kind: 'text' } })).toBeUndefined();
    });
    await database().asSystem(async ({ deletedKnowledge }) => {
      expect(await deletedKnowledge.documents(10)).toContainEqual({ workspace, document });
      await deletedKnowledge.removeDocument(document);
      await deletedKnowledge.removeEmpty();
    });
    expect(await database().sql.query('select 1 from knowledge_bases where id = $1', [base])).toEqual([]);
  });

  it('shows another workspace nothing of it', async () => {
    const { base, document } = await createDocument(await createWorkspace(database()));
    const other = await createWorkspace(database());
    await database().inWorkspace(other, async ({ knowledge: { bases, documents, chunks } }) => {
      expect(await bases.get(base)).toBeUndefined();
      expect(await bases.settings(base)).toBeUndefined();
      expect(await documents.get(document)).toBeUndefined();
      const of = { document, version: 'v1', language: 'simple' as const };
      expect(await chunks.add(of, chunksOf('mine'))).toBe(false);
      expect(await documents.remove(document)).toBeUndefined();
    });
  });
});
