import { startIngestion } from '../../runs/knowledge/start-ingestion.ts';
import type { ApiDeps } from '../deps.ts';

const atOnce = 100;

/** Has every document of a base looked at again; pages of a crawl come with it. @returns how many */
export async function syncDocuments(
  deps: Pick<ApiDeps, 'db' | 'temporal'>,
  { workspace, base }: { workspace: string; base: string },
): Promise<number> {
  let count = 0;
  let after: string | undefined;
  for (;;) {
    const page = await deps.db.inWorkspace(workspace, ({ knowledge }) =>
      knowledge.documents.roots(base, { after, limit: atOnce }),
    );
    await Promise.all(page.map((document) => startIngestion(deps, workspace, document)));
    count += page.length;
    after = page.at(-1)?.id;
    if (page.length < atOnce) return count;
  }
}
