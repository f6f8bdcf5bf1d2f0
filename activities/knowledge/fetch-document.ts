/** Where the bytes of a document are, and whether they are what is searched already. */
import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import type { Fetched, FetchedSource } from '../../contracts/knowledge/ingest.ts';
import type { KnowledgeBase } from '../../contracts/knowledge/knowledge-base.ts';
import { contentHash, type StoredDocument } from '../../db/index.ts';
import { documentKey } from '../../storage/index.ts';
import { DocumentRefusal } from './document-refusal.ts';
import { fetchPage } from './fetch-page.ts';
import type { IngestDeps } from './knowledge-deps.ts';
import type { Robots } from './robots.ts';

/** Grows when the same bytes would be read or cut otherwise: everything is then taken in anew. */
const readerRevision = 1;
/** Bytes of a page whose links are looked for. */
const mostPageBytes = 10_000_000;

type Bytes = Pick<FetchedSource, 'key' | 'name' | 'type' | 'bytes' | 'contentHash'>;

export interface FetchInput {
  workspace: string;
  document: string;
  crawl: boolean;
  signal: AbortSignal;
}

/** @throws DocumentRefusal */
export async function fetchDocument(
  deps: IngestDeps & { robots: Robots },
  { workspace, document: id, crawl, signal }: FetchInput,
): Promise<Fetched> {
  const { db } = deps;
  const found = await db.inWorkspace(workspace, async ({ knowledge: { documents, bases } }) => {
    const document = await documents.begin(id, { step: 'fetch', done: 0 });
    const base = document && (await bases.settings(document.base));
    return base && { document, base };
  });
  if (!found) return { kind: 'gone' };
  const { document, base } = found;
  const { page, ...bytes } = await bytesOf(deps, document, { workspace, crawl, signal });
  const links = crawl && page ? await linksOf(deps, bytes, { workspace, page, signal }) : [];
  const source = { ...bytes, ...settingsOf(base, bytes) };
  if (document.version !== source.version) return { kind: 'changed', base: base.id, source, links };
  await db.inWorkspace(workspace, ({ knowledge }) => knowledge.documents.unchanged(id));
  return { kind: 'unchanged', links };
}

function settingsOf(
  { chunking, language }: Pick<KnowledgeBase, 'chunking' | 'language'>,
  { name, type, contentHash: hash }: Bytes,
): Pick<FetchedSource, 'version' | 'chunking' | 'language'> {
  const kind = [name.split('.').at(-1), type];
  const version = contentHash([readerRevision, hash, kind, chunking, language]).slice(0, 32);
  return { version, chunking, language };
}

async function bytesOf(
  { db, store, guard, robots }: IngestDeps & { robots: Robots },
  { id, source }: StoredDocument,
  { workspace, crawl, signal }: Pick<FetchInput, 'workspace' | 'crawl' | 'signal'>,
): Promise<Bytes & { page?: URL }> {
  const key = documentKey({ workspace, id });
  switch (source.kind) {
    case 'file': {
      const file = await db.inWorkspace(workspace, ({ files }) => files.get(source.file));
      if (file?.state !== 'ready' || !file.object || !file.sha256)
        throw new DocumentRefusal('document-file-gone');
      const { name, type, bytes, object, sha256 } = file;
      return { key: object, name, type, bytes, contentHash: sha256 };
    }
    case 'text': {
      const written = await store.head(key);
      if (!written) throw new DocumentRefusal('document-file-gone');
      const hash = createHash('sha256');
      for await (const chunk of await store.get(key, { signal })) hash.update(chunk as Uint8Array);
      return {
        key,
        name: 'text.md',
        type: 'text/markdown',
        bytes: written.bytes,
        contentHash: hash.digest('hex'),
      };
    }
    default: {
      const { url, ...page } = await fetchPage(
        { guard, store },
        { address: source.url, key, signal, ...(crawl && { robots }) },
      );
      await db.inWorkspace(workspace, ({ knowledge }) => knowledge.documents.keep(id, key));
      // What a server calls a page comes before its ending: there is HTML about `readme.md`.
      const isVague = /^\s*($|;|text\/plain|application\/octet-stream|binary\/)/i.test(page.type);
      return { key, ...page, name: isVague ? url.pathname : '', page: url };
    }
  }
}

async function linksOf(
  { store, transforms }: Pick<IngestDeps, 'store' | 'transforms'>,
  { key, type, bytes }: Bytes,
  { workspace, page, signal }: { workspace: string; page: URL; signal: AbortSignal },
): Promise<string[]> {
  if (!/\bx?html\b/.test(type) || bytes > mostPageBytes) return [];
  const file = new Uint8Array(await buffer(await store.get(key, { signal })));
  const outcome = await transforms.run(
    workspace,
    {
      ...{ type: 'knowledge', mode: 'list', items: [], file, goesOn: false },
      parameters: [{ linksOf: page.href }],
    },
    signal,
    30_000,
  );
  return outcome.kind === 'list' ? ((outcome.items[0]?.links ?? []) as string[]) : [];
}
