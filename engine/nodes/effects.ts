/** How each effect node is called. Its work is an activity of the same name (`activities/effects.ts`). */
import { queues } from '../../contracts/run.ts';

/**
 * - `perItem`: an activity for each item.
 * - `once`: one for all items, with the parameters of the first.
 * - `inBatches`: one for some hundred items, each with its own parameters and its own outcome. For what takes less time than an activity costs.
 */
export type EffectCalls = 'perItem' | 'once' | 'inBatches';

export interface EffectSpec {
  /** By the parameters as they are written, where the operation decides. */
  calls: EffectCalls | ((parameters: Record<string, unknown>) => EffectCalls);
  /** Whose workers run it. */
  queue: (typeof queues)[keyof typeof queues];
  /** Parameters (resolved) under which doing it twice does no harm. */
  repeatable(parameters: Record<string, unknown>): boolean;
  /** Items worked on at the same time. */
  concurrency(parameters: Record<string, unknown>): number;
  /** Milliseconds an attempt may take when the node does not say. */
  defaultTimeoutMs: number;
  /** Parameters are handed over as written: the activity reads expressions' data itself (code). */
  wantsNodes: boolean;
  /**
   * Whether its activity reads more than the parameters (resolved); left out: it does. Items that nobody reads stay where they are:
   * each would stand in the history, or on its way to a local activity be written, sealed, opened and read, for nothing.
   */
  readsItems?(parameters: Record<string, unknown>): boolean;
}

/** One request for an item. */
const request: EffectSpec = {
  calls: 'perItem',
  queue: queues.http,
  repeatable: () => false,
  concurrency: ({ concurrency }) => Number(concurrency),
  defaultTimeoutMs: 300_000,
  wantsNodes: false,
};

/** A call to a language model for an item. */
const ask: EffectSpec = { ...request, defaultTimeoutMs: 600_000 };

/** A transform in a thread: what it makes follows from its items alone. */
const transform: EffectSpec = {
  calls: 'inBatches',
  queue: queues.code,
  repeatable: () => true,
  concurrency: () => 1,
  defaultTimeoutMs: 60_000,
  wantsNodes: false,
};

const safeMethods = ['GET', 'HEAD', 'OPTIONS'];

export const effects: Record<string, EffectSpec | undefined> = {
  'http-request': {
    calls: 'perItem',
    queue: queues.http,
    // A file takes longer than what may be tried beside the workflow.
    repeatable: ({ method, idempotent, result }) =>
      result !== 'file' && (idempotent === true || safeMethods.includes(String(method))),
    concurrency: ({ concurrency }) => Number(concurrency),
    defaultTimeoutMs: 300_000,
    wantsNodes: false,
    // For the files that it names.
    readsItems: ({ bodyType }) => bodyType === 'multipart' || bodyType === 'file',
  },
  'emit-event': {
    calls: 'perItem',
    // Its id follows from the step's key: a second time changes nothing.
    repeatable: () => true,
    concurrency: () => 4,
    defaultTimeoutMs: 30_000,
    wantsNodes: false,
    queue: 'http',
  },
  'chat-reply': {
    calls: 'perItem',
    queue: queues.automations,
    // What is said again takes the place of what was said.
    repeatable: () => true,
    // In the order of the items.
    concurrency: () => 1,
    defaultTimeoutMs: 60_000,
    wantsNodes: false,
  },
  code: {
    calls: 'once',
    queue: queues.code,
    repeatable: () => true,
    concurrency: () => 1,
    defaultTimeoutMs: 120_000,
    wantsNodes: true,
  },
  // What the workspace stores is changed once per idempotency key, so that doing it twice does no harm.
  'data-table': {
    calls: 'perItem',
    queue: queues.automations,
    repeatable: () => true,
    concurrency: ({ concurrency }) => Number(concurrency),
    defaultTimeoutMs: 60_000,
    wantsNodes: false,
  },
  'key-value': {
    calls: 'perItem',
    queue: queues.automations,
    repeatable: () => true,
    concurrency: () => 5,
    defaultTimeoutMs: 30_000,
    wantsNodes: false,
  },
  'remove-seen': {
    calls: 'once',
    queue: queues.automations,
    repeatable: () => true,
    concurrency: () => 1,
    defaultTimeoutMs: 60_000,
    wantsNodes: false,
  },
  html: { ...transform, calls: ({ operation }) => (operation === 'table' ? 'once' : 'inBatches') },
  xml: transform,
  markdown: transform,
  'send-mail': request,
  postgres: {
    ...request,
    calls: 'inBatches',
    repeatable: ({ operation, readOnly }) =>
      operation === 'select' || (operation === 'query' && readOnly === true),
    concurrency: () => 1,
  },
  graphql: { ...request, repeatable: ({ query }) => !/\b(mutation|subscription)\b/.test(String(query)) },
  rss: { ...request, repeatable: () => true, concurrency: () => 5 },
  n8n: { ...request, repeatable: ({ operation, method }) => operation !== 'webhook' || method === 'GET' },
  // Whether it may be called twice is what the server says of the tool, which only the activity knows.
  'mcp-tool': { ...request, readsItems: () => false },
  // A file is kept under a name that follows from the step: made twice, it is there once.
  'extract-from-file': { ...transform, calls: 'perItem', concurrency: () => 2, defaultTimeoutMs: 300_000 },
  'convert-to-file': {
    ...transform,
    calls: ({ format }) => (format === 'text' ? 'perItem' : 'once'),
    defaultTimeoutMs: 300_000,
  },
  compress: {
    ...transform,
    calls: ({ operation, format }) => (operation === 'extract' || format === 'gzip' ? 'perItem' : 'once'),
    // Large files take longer than what may be tried beside the workflow.
    repeatable: () => false,
    concurrency: () => 2,
    defaultTimeoutMs: 900_000,
  },
  's3-file': {
    ...request,
    // A large file would be begun as a local activity, and again as a normal one.
    repeatable: ({ operation }) => operation === 'list' || operation === 'link',
    defaultTimeoutMs: 900_000,
  },
  // A model is paid: what it answered is kept by the step's key, so that a second attempt does not pay again (activities/models/).
  llm: { ...ask, readsItems: () => false },
  'classify-text': ask,
  'extract-data': ask,
  'summarize-text': { ...ask, defaultTimeoutMs: 1_800_000 },
  embeddings: { ...ask, calls: 'inBatches', concurrency: () => 2 },
  'knowledge-search': { ...ask, defaultTimeoutMs: 60_000, readsItems: () => false },
  'knowledge-ingest': { ...ask, defaultTimeoutMs: 1_800_000, readsItems: () => false },
  'knowledge-delete': { ...ask, defaultTimeoutMs: 60_000, readsItems: () => false },
  // What is random is not: nobody may guess it, so it comes from nowhere but the history once it is there.
  crypto: { ...transform, repeatable: ({ operation }) => operation !== 'random' },
};
