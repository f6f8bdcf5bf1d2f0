/**
 * Takes a document of a knowledge base in: its bytes are fetched, read into chunks, these embedded, and all of it switched to in one
 * transaction. Each step may be repeated: a version is named by its content and settings, and its chunks by their version and position.
 * What was searched before stays until the new version is whole, and when this fails.
 */
import {
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  continueAsNew,
  defineSignal,
  isCancellation,
  proxyActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { DocumentFailure } from '../contracts/knowledge/document.ts';
import {
  documentRefused,
  type EmbedActivities,
  type IngestActivities,
  type IngestInput,
  type IngestResult,
  ingestSignal,
} from '../contracts/knowledge/ingest.ts';
import { queues } from '../contracts/run.ts';

/** Reading takes threads and memory: on a queue that gives a worker few at a time. */
const { fetchDocument } = proxyActivities<IngestActivities>({
  taskQueue: queues.maintenance,
  startToCloseTimeout: '10m',
  heartbeatTimeout: '15s',
  retry: { initialInterval: '2s', maximumInterval: '1m', maximumAttempts: 4 },
  summary: 'Fetch',
});
const { readDocument } = proxyActivities<IngestActivities>({
  taskQueue: queues.maintenance,
  startToCloseTimeout: '30m',
  heartbeatTimeout: '15s',
  retry: { initialInterval: '1s', maximumInterval: '1m', maximumAttempts: 10 },
  summary: 'Read and cut',
});
const { embedChunks } = proxyActivities<EmbedActivities>({
  startToCloseTimeout: '5m',
  heartbeatTimeout: '15s',
  retry: { initialInterval: '2s', maximumInterval: '2m', maximumAttempts: 10 },
  summary: 'Embed',
});
const { finishDocument, failDocument, tellProgress } = proxyActivities<IngestActivities>({
  startToCloseTimeout: '2m',
  retry: { initialInterval: '1s', maximumInterval: '1m' },
});

export async function ingestDocument(input: IngestInput): Promise<IngestResult> {
  let isAsked = false;
  setHandler(defineSignal(ingestSignal), () => {
    isAsked = true;
  });
  let given = input;
  for (;;) {
    isAsked = given.again ?? false;
    const result = await ingest(given, () => isAsked);
    // Asked while it was at it: the source may have changed behind its back.
    if (!isAsked) return result;
    given = { ...input, again: false, reached: undefined };
  }
}

async function ingest(input: IngestInput, isAsked: () => boolean): Promise<IngestResult> {
  const { workspace, document } = input;
  const of = { workspace, document };
  let step: 'fetch' | 'read' | 'embed' = 'fetch';
  let links: string[] = [];
  try {
    let { reached } = input;
    if (!reached) {
      const fetched = await fetchDocument({ ...of, crawl: input.crawl ?? false });
      if (fetched.kind === 'gone') return { links };
      links = fetched.links;
      if (fetched.kind === 'unchanged') return { links };
      step = 'read';
      const facts = await readDocument({ ...of, source: fetched.source });
      if (facts === 'gone') return { links };
      reached = { base: fetched.base, source: fetched.source, facts, from: 0, links };
    }
    links = reached.links;
    const { base, source, facts } = reached;
    step = 'embed';
    let { from } = reached;
    for (let next: number | null = from; next !== null; ) {
      from = next;
      await tellProgress({ ...of, progress: { step, done: from, total: facts.chunks } });
      const batch = await embedChunks({ ...of, base, version: source.version, from });
      next = batch.next;
      if (next !== null && workflowInfo().continueAsNewSuggested)
        await continueAsNew<typeof ingestDocument>({
          ...input,
          again: isAsked(),
          reached: { ...reached, from: next },
        });
    }
    await finishDocument({ ...of, source, facts });
    return { links };
  } catch (error) {
    if (!isCancellation(error) && !(error instanceof ActivityFailure)) throw error;
    await CancellationScope.nonCancellable(() => failDocument({ ...of, failure: failureOf(error, step) }));
    if (isCancellation(error)) throw error;
    return { links };
  }
}

function failureOf(error: unknown, step: string): DocumentFailure {
  const cause = error instanceof ActivityFailure ? error.cause : undefined;
  if (cause instanceof ApplicationFailure && cause.type === documentRefused)
    return cause.details?.[0] as DocumentFailure;
  const values = { reason: cause?.message.slice(0, 500) ?? '' };
  return step === 'embed' && !isCancellation(error)
    ? { code: 'document-embedding-failed', values }
    : { code: 'document-failed', values: {} };
}
