/**
 * The automation graph: what a builder draws, what a version freezes and what the engine runs.
 *
 * Node *names* are what expressions use (`$('Fetch order')`), so they are unique; node *ids* are what edges, steps and records
 * use, so renaming a node breaks nothing that is stored.
 */
import { z } from 'zod';
import { automationFlow } from './flow.ts';
import { items } from './item.ts';
import { jsonValue } from './json.ts';

export const position = z.object({ x: z.number(), y: z.number() });

/** What happens when a node fails for good: stop the run, go on with the error as an item, or send the items to the `error` port. */
export const onError = z.enum(['stop', 'continue', 'errorPort']);

/** Tries after the first failure of a step that touches the world. Intervals in milliseconds. */
export const retryPolicy = z.object({
  maxAttempts: z.int().min(1).max(100).default(3),
  initialIntervalMs: z.int().min(1).max(86_400_000).default(1_000),
  backoff: z.number().min(1).max(10).default(2),
  maxIntervalMs: z.int().min(1).max(86_400_000).default(60_000),
});

export const graphNode = z.object({
  id: z.string().min(1).max(64),
  name: z.string().min(1).max(128),
  type: z.string().min(1).max(64),
  typeVersion: z.number().positive().default(1),
  position,
  parameters: z.record(z.string(), jsonValue).default({}),
  disabled: z.boolean().optional(),
  notes: z.string().max(10_000).optional(),
  onError: onError.optional(),
  retry: retryPolicy.optional(),
  /** Seconds one attempt of this node may take. */
  timeout: z.number().positive().max(86_400).optional(),
  /** Runs with the first item only, of each list that reaches it. Of no meaning for triggers and loops. */
  executeOnce: z.boolean().optional(),
  /** Gives one empty item when it would give none, so that what comes after it runs. Of no meaning for triggers and loops. */
  alwaysOutputData: z.boolean().optional(),
});

export const graphEdge = z.object({
  source: z.string().min(1),
  sourcePort: z.string().min(1).default('main'),
  target: z.string().min(1),
  targetPort: z.string().min(1).default('main'),
});

export const graphSettings = z.object({
  /** IANA zone that `$now`, schedules and date parameters use. */
  timezone: z.string().min(1).default('UTC'),
  /** Steps one run may take before it is stopped as a runaway loop. */
  maxSteps: z.int().min(1).max(10_000_000).default(100_000),
  /** Items one step may give: a cycle through a merge doubles its items with every turn. */
  maxItems: z.int().min(1).max(1_000_000).default(100_000),
  ...automationFlow,
});

export const graph = z.object({
  nodes: z.array(graphNode).max(2_000).default([]),
  edges: z.array(graphEdge).max(10_000).default([]),
  settings: graphSettings.prefault({}),
  /** Items shown and used in place of a node's own output in runs started from the editor, by node id. */
  pinnedData: z.record(z.string(), items).default({}),
});

export type Position = z.output<typeof position>;
export type OnError = z.output<typeof onError>;
export type RetryPolicy = z.output<typeof retryPolicy>;
export type GraphNode = z.output<typeof graphNode>;
export type GraphEdge = z.output<typeof graphEdge>;
export type GraphSettings = z.output<typeof graphSettings>;
export type Graph = z.output<typeof graph>;
/** A graph as a client may send it: everything with a default may be left out. */
export type GraphInput = z.input<typeof graph>;
