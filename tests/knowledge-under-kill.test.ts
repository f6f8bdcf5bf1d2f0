/**
 * Documents are taken in while their worker gets kill -9 again and again: all of them end well, and no passage is missing or there twice.
 *
 * 12 documents of 20 pages and two kills here; HIVIEX_DRILL=full: 1,000 documents and ten kills.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { eventually } from '../api/testing/eventually.ts';
import { chunking, knowledgeSettings } from '../contracts/knowledge/knowledge-base.ts';
import { createBlockReader } from '../engine/knowledge/block-reader.ts';
import { createChunker } from '../engine/knowledge/chunker.ts';
import { startIngestion } from '../runs/knowledge/start-ingestion.ts';
import { describeWithKills } from '../scripts/stack/test-tools.ts';
import type { Member } from './storm/member.ts';
import { type StubServer, startStub } from './support/stub-server.ts';
import { startWorkersApart, type WorkersApart } from './support/workers-apart.ts';

const isFull = process.env.HIVIEX_DRILL === 'full';
const { documents: count, kills } = isFull ? { documents: 1_000, kills: 10 } : { documents: 12, kills: 2 };
const cut = chunking.parse({ size: 100, overlap: 20 });

/** Twenty pages of some 3,000 characters. */
function textOf(path: string): string {
  const page = (n: number) =>
    `# ${path}, page ${n}\n\n${`On page ${n} of ${path} it says what to do. `.repeat(70)}\n\n`;
  return Array.from({ length: 20 }, (_, n) => page(n + 1)).join('');
}

describeWithKills('Documents whose worker is killed', () => {
  let apart: WorkersApart;
  let worker: Member;
  let stub: StubServer;

  beforeAll(async () => {
    apart = await startWorkersApart();
    worker = await apart.worker();
    stub = await startStub({
      answer: (request, response) => {
        response.writeHead(200, { 'content-type': 'text/markdown' });
        response.end(textOf(request.url ?? ''));
      },
    });
  }, 180_000);
  afterAll(async () => {
    await apart?.close();
    await stub?.close();
  }, 60_000);

  it('are taken in whole, each passage once', async () => {
    const { db, client: temporal, workspace } = apart;
    const base = await db.inWorkspace(workspace, ({ knowledge }) =>
      knowledge.bases.create({
        ...{ name: 'Under kill', description: '' },
        ...knowledgeSettings.parse({ chunking: cut }),
      }),
    );
    const add = async (n: number) => {
      const source = { kind: 'url' as const, url: `${stub.url}/d${n}`, depth: 0 };
      const document = await db.inWorkspace(workspace, ({ knowledge }) =>
        knowledge.documents.create({ base: base.id, name: `d${n}`, source }),
      );
      await startIngestion({ db, temporal }, workspace, document!);
      return document!.id;
    };
    const ids: string[] = [];
    for (let n = 0; n < count; n++) ids.push(await add(n));

    const written = async () => {
      const [row] = await db.sql.query<{ chunks: number }>(
        'select count(*)::int as chunks from knowledge_chunks',
      );
      return row?.chunks ?? 0;
    };
    const expected = ids.map((_, n) => chunksOf(textOf(`/d${n}`)));
    const all = expected.reduce((sum, { length }) => sum + length, 0);
    for (let kill = 1; kill <= kills; kill++) {
      await eventually(written, (chunks) => chunks >= (all * kill) / (kills + 1));
      await worker.kill();
      await worker.start();
    }
    const state = () => db.inWorkspace(workspace, ({ knowledge }) => knowledge.bases.get(base.id));
    // A killed step is missed after its heartbeats: Jest's limit is the only one.
    while ((await state())?.documents.busy !== 0) await sleep(100);
    expect((await state())?.documents).toEqual({ all: count, busy: 0, failed: 0 });

    for (const [n, document] of ids.entries()) {
      const chunks = await db.inWorkspace(workspace, ({ knowledge }) =>
        knowledge.chunks.list({ document }, { from: 0, limit: 10_000 }),
      );
      expect(chunks.map(({ text }) => text)).toEqual(expected[n]);
    }
    expect(await written()).toBe(all);
    const [vectors] = await db.sql.query<{ count: number; chunks: number }>(
      'select count(*)::int as count, count(distinct chunk)::int as chunks from knowledge_vectors',
    );
    expect(vectors).toEqual({ count: all, chunks: all });
  }, 600_000);
});

function chunksOf(text: string): string[] {
  const reader = createBlockReader({ markdown: true });
  const chunker = createChunker(cut);
  const blocks = [...reader.add(text), ...reader.end()];
  return [...blocks.flatMap((block) => chunker.add(block)), ...chunker.end()].map((chunk) => chunk.text);
}
