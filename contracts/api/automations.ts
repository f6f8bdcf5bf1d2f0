import { z } from 'zod';
import { grantLevel } from '../access/roles.ts';
import { graph } from '../graph.ts';
import { moment, pageOf, pageQuery } from './page.ts';

export const automationSummary = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  /** The published version's number; absent while nothing is published. */
  publishedVersion: z.int().optional(),
  /** The draft differs from what is published. */
  draftChanged: z.boolean(),
  /** Node types of the triggers, for icons in lists. */
  triggers: z.array(z.string()),
  lastRun: z.object({ id: z.string(), state: z.string(), startedAt: moment }).optional(),
  createdAt: moment,
  updatedAt: moment,
});
export type AutomationSummary = z.output<typeof automationSummary>;

export const graphProblem = z.object({
  severity: z.enum(['error', 'warning']),
  code: z.string(),
  message: z.object({ en: z.string(), pt: z.string() }),
  node: z.string().optional(),
  nodeName: z.string().optional(),
  field: z.string().optional(),
  edge: z.int().optional(),
});

export const automation = automationSummary.extend({
  draft: graph,
  /** Id of the agent whose starts it holds: it is changed there, and in no list. */
  startsAgent: z.string().optional(),
  /** The strongest level at which it is shared with who asks, where their role might not do. */
  level: grantLevel.optional(),
  /** Grows with every save; send it back as If-Match (ETag). */
  revision: z.int(),
  /** What validation says of the draft. */
  problems: z.array(graphProblem),
});
export type Automation = z.output<typeof automation>;

export const automationPage = pageOf(automationSummary);

export const createAutomation = z.object({
  name: z.string().trim().min(1).max(128),
  description: z.string().max(2_000).default(''),
  draft: graph.optional(),
});

/** Every field may be left out; the draft is saved even when it has problems: nothing drawn is lost. */
export const updateAutomation = z.object({
  name: z.string().trim().min(1).max(128).optional(),
  description: z.string().max(2_000).optional(),
  draft: graph.optional(),
});

export const listAutomations = pageQuery.extend({
  search: z.string().max(200).optional(),
  /** Node type: those whose draft begins with one. */
  trigger: z.string().max(64).optional(),
});

export const versionSummary = z.object({
  id: z.string(),
  number: z.int(),
  hash: z.string(),
  published: z.boolean(),
  createdAt: moment,
  createdBy: z.string().optional(),
  /** What its publisher says about it. */
  note: z.string().optional(),
});
export const version = versionSummary.extend({ graph });
export const versionPage = pageOf(versionSummary);
export type VersionSummary = z.output<typeof versionSummary>;

const versionNote = z.string().trim().max(500);
export const publishDraft = z.object({ note: versionNote.optional() });
export const updateVersion = z.object({ note: versionNote });

export const webhookAddress = z.object({ node: z.string(), method: z.string(), url: z.string() });
export const published = z.object({
  version: versionSummary,
  webhooks: z.array(webhookAddress),
  /** What is published all the same, and may not be what its publisher wants: calls in a circle. */
  warnings: z.array(graphProblem).optional(),
});
export type Published = z.output<typeof published>;
