/** All that the workflows ask for that take documents in, but for the vectors (`index-activities.ts`). */
import type { IngestActivities } from '../../contracts/knowledge/ingest.ts';
import { documentKey } from '../../storage/index.ts';
import { needsDatabase } from '../announcements/needs-database.ts';
import { documentActivity } from './document-activity.ts';
import { documentIdOf } from './document-id.ts';
import { fetchDocument } from './fetch-document.ts';
import type { IngestDeps } from './knowledge-deps.ts';
import { readDocument } from './read-document.ts';
import { createRobots } from './robots.ts';

/** @param deps Unset on workers without a database or a store, which take nothing in. */
export function createIngestActivities(deps: IngestDeps | undefined): IngestActivities {
  if (!deps) {
    const refuse = () => Promise.reject(needsDatabase());
    return {
      ...{ fetchDocument: refuse, readDocument: refuse, finishDocument: refuse, failDocument: refuse },
      ...{ tellProgress: refuse, addPages: refuse, crawlDepth: refuse },
    };
  }
  const { db } = deps;
  const robots = createRobots(deps.guard);
  return {
    fetchDocument: (input) =>
      documentActivity((signal) => fetchDocument({ ...deps, robots }, { ...input, signal })),

    readDocument: (input) =>
      documentActivity(async (signal) => {
        const read = await readDocument(deps, { ...input, signal });
        // It was deleted meanwhile, perhaps before what was fetched of it had arrived.
        const own = documentKey({ workspace: input.workspace, id: input.document });
        if (read === 'gone' && input.source.key === own) await deps.store.delete(own);
        return read;
      }),

    async finishDocument({ workspace, document: id, source, facts }) {
      await db.inWorkspace(workspace, async ({ knowledge: { documents } }) => {
        const document = await documents.get(id);
        if (!document) return;
        const { name, source: from } = document;
        // A page is called by its address until its title is known.
        const isUnnamed = from.kind === 'url' && name === from.url;
        await documents.switchTo(id, {
          ...{ version: source.version, contentHash: source.contentHash, bytes: source.bytes },
          ...{ type: facts.type, pages: facts.pages },
          name: isUnnamed ? facts.title?.slice(0, 256) : undefined,
        });
      });
    },

    async failDocument({ workspace, document, failure }) {
      await db.inWorkspace(workspace, ({ knowledge }) => knowledge.documents.fail(document, failure));
    },

    async tellProgress({ workspace, document, progress }) {
      await db.inWorkspace(workspace, ({ knowledge }) => knowledge.documents.begin(document, progress));
    },

    addPages: ({ workspace, document: parent, urls, found, most }) =>
      db.inWorkspace(workspace, async ({ knowledge: { documents } }) => {
        const root = await documents.get(parent);
        if (root?.source.kind !== 'url') return [];
        const { base, metadata, source } = root;
        const known = new Set(found);
        const added: string[] = [];
        for (const url of urls) {
          if (added.length >= most) break;
          // A crawl that comes by again finds the document it made.
          const id = documentIdOf(parent, url);
          if (known.has(id) || !isOfSite(url, source.url)) continue;
          known.add(id);
          const page = { kind: 'url' as const, url, depth: 0 };
          if (await documents.create({ id, base, parent, name: url, source: page, metadata })) added.push(id);
        }
        return added;
      }),

    crawlDepth: ({ workspace, document }) =>
      db.inWorkspace(workspace, async ({ knowledge }) => {
        const source = (await knowledge.documents.get(document))?.source;
        return source?.kind === 'url' ? source.depth : 0;
      }),
  };
}

/** Another page of the same site, with `www.` or without. */
function isOfSite(page: string, first: string): boolean {
  const [url, root] = [new URL(page), new URL(first)];
  root.hash = '';
  const site = ({ host }: URL) => host.replace(/^www\./, '');
  return site(url) === site(root) && url.href !== root.href;
}
