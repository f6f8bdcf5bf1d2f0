/**
 * Takes a page of the web in with those of its host that it links to, as deep as its document says. Every page is a document of its own,
 * taken in by a child workflow: one that fails says so and holds up no other.
 */
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  ChildWorkflowFailure,
  continueAsNew,
  defineSignal,
  executeChild,
  ParentClosePolicy,
  proxyActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { knowledgeLimits } from '../contracts/knowledge/document.ts';
import {
  type CrawlInput,
  type CrawlPage,
  type CrawlState,
  type IngestActivities,
  ingestSignal,
  ingestWorkflowIdOf,
} from '../contracts/knowledge/ingest.ts';
import { ingestDocument } from './ingest-document.ts';

const { addPages, crawlDepth } = proxyActivities<IngestActivities>({
  startToCloseTimeout: '2m',
  retry: { initialInterval: '1s', maximumInterval: '1m' },
});

/** Pages of one site at a time: a reader, not a flood. */
const atOnce = 2;

export async function crawlSite(input: CrawlInput): Promise<void> {
  const { workspace, document } = input;
  let isAsked = false;
  setHandler(defineSignal(ingestSignal), () => {
    isAsked = true;
  });
  const first = (): CrawlState => ({ queue: [{ document, depth: 0 }], found: [document] });
  let state = input.reached ?? first();
  for (;;) {
    // What was said before the first page is that it is to begin.
    if (state.found.length === 1) isAsked = false;
    const deepest = await crawlDepth({ workspace, document });
    while (state.queue.length > 0) {
      const pages = state.queue.splice(0, atOnce);
      const linked = await Promise.all(pages.map((page) => take(workspace, page)));
      for (const [index, { depth }] of pages.entries())
        if (depth < deepest) await follow(input, state, depth + 1, linked[index] ?? []);
      if (workflowInfo().continueAsNewSuggested)
        await continueAsNew<typeof crawlSite>({ ...input, reached: state });
    }
    if (!isAsked) return;
    state = first();
  }
}

async function take(workspace: string, { document }: CrawlPage): Promise<string[]> {
  try {
    const { links } = await executeChild(ingestDocument, {
      args: [{ workspace, document, crawl: true }],
      workflowId: ingestWorkflowIdOf({ workspace, document }),
      parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
    });
    return links;
  } catch (error) {
    // Somebody syncs this page by itself at the moment, or its workflow was ended from outside.
    if (error instanceof WorkflowExecutionAlreadyStartedError || error instanceof ChildWorkflowFailure)
      return [];
    throw error;
  }
}

async function follow({ workspace, document }: CrawlInput, state: CrawlState, depth: number, urls: string[]) {
  const most = knowledgeLimits.crawlPages - state.found.length;
  if (most <= 0 || urls.length === 0) return;
  for (const page of await addPages({ workspace, document, urls, found: state.found, most })) {
    state.found.push(page);
    state.queue.push({ document: page, depth });
  }
}
