/** Has a document taken in, again if it is there: what its source holds already is not done twice. */
import {
  crawlWorkflow,
  crawlWorkflowIdOf,
  ingestSignal,
  ingestWorkflow,
  ingestWorkflowIdOf,
} from '../../contracts/knowledge/ingest.ts';
import { priorities, queues } from '../../contracts/run.ts';
import type { StoredDocument } from '../../db/index.ts';
import type { RunDeps } from '../run-deps.ts';
import { knowledgeSearchAttributesOf } from '../search-attributes.ts';

export async function startIngestion(
  { db, temporal }: Pick<RunDeps, 'db' | 'temporal'>,
  workspace: string,
  { id: document, name, source }: Pick<StoredDocument, 'id' | 'name' | 'source'>,
): Promise<void> {
  await db.inWorkspace(workspace, ({ knowledge }) => knowledge.documents.wait(document));
  const of = { workspace, document };
  const isCrawl = source.kind === 'url' && source.depth > 0;
  // To one that runs it says that it is to look anew when it is done.
  await temporal.workflow.signalWithStart(isCrawl ? crawlWorkflow : ingestWorkflow, {
    workflowId: isCrawl ? crawlWorkflowIdOf(of) : ingestWorkflowIdOf(of),
    args: [of],
    signal: ingestSignal,
    taskQueue: queues.agents,
    priority: { priorityKey: priorities.batch, fairnessKey: workspace },
    typedSearchAttributes: knowledgeSearchAttributesOf(workspace),
    staticSummary: name.slice(0, 100),
  });
}
