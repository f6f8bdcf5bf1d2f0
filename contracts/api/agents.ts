/** Agents in the API: the same words as automations have, draft, publish and versions. */
import { z } from 'zod';
import { grantLevel } from '../access/roles.ts';
import { agentDefinition, agentVisibility } from '../agents/agent.ts';
import { agentRunState, agentRunTrigger, agentStepState } from '../agents/run.ts';
import { httpTool } from '../agents/tool.ts';
import { jsonValue } from '../json.ts';
import { answeredBy, chatMessage } from '../models/chat.ts';
import { tokenUsage } from '../models/usage.ts';
import { failure } from '../run.ts';
import { moment, pageOf, pageQuery } from './page.ts';

export const agentSummary = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  visibility: agentVisibility,
  /** Id of a file. */
  avatar: z.string().optional(),
  /** The published version's number; absent while nothing is published. */
  publishedVersion: z.int().optional(),
  /** The draft differs from what is published. */
  draftChanged: z.boolean(),
  /** What a conversation may begin with: of what is published, else of the draft. */
  starters: z.array(z.string()),
  lastRun: z.object({ id: z.string(), state: agentRunState, startedAt: moment }).optional(),
  createdAt: moment,
  updatedAt: moment,
});
export type AgentSummary = z.output<typeof agentSummary>;

/** What would keep the agent from working as it is meant to: a tool that leads nowhere, a variable that nobody gives. */
export const agentProblem = z.object({
  severity: z.enum(['error', 'warning']),
  code: z.string(),
  message: z.object({ en: z.string(), pt: z.string() }),
  /** Path in the definition, e.g. `tools.2.automation`. */
  field: z.string(),
});
export type AgentProblem = z.output<typeof agentProblem>;

export const agent = agentSummary.extend({
  draft: agentDefinition,
  /** The strongest level at which it is shared with who asks, where their role might not do. */
  level: grantLevel.optional(),
  /** Grows with every save; send it back as If-Match (ETag). */
  revision: z.int(),
  problems: z.array(agentProblem),
});
export type Agent = z.output<typeof agent>;

export const agentPage = pageOf(agentSummary);
export const listAgents = pageQuery.extend({ search: z.string().max(200).optional() });

const name = z.string().trim().min(1).max(128);
const description = z.string().max(2_000);
const avatar = z.string().min(1).max(64).nullable();

export const createAgent = z.object({
  name,
  description: description.default(''),
  visibility: agentVisibility.default('private'),
  avatar: avatar.optional(),
  draft: agentDefinition.optional(),
});

/** Every field may be left out. */
export const updateAgent = z.object({
  name: name.optional(),
  description: description.optional(),
  visibility: agentVisibility.optional(),
  avatar: avatar.optional(),
  draft: agentDefinition.optional(),
});

export const agentVersionSummary = z.object({
  id: z.string(),
  number: z.int(),
  hash: z.string(),
  published: z.boolean(),
  createdAt: moment,
  createdBy: z.string().optional(),
  note: z.string().optional(),
});
export type AgentVersionSummary = z.output<typeof agentVersionSummary>;
export const agentVersion = agentVersionSummary.extend({ definition: agentDefinition });
export const agentVersionPage = pageOf(agentVersionSummary);
export const publishedAgent = z.object({ version: agentVersionSummary });

/** An OpenAPI 3 document in JSON, as text or to be fetched. */
export const readHttpTools = z
  .object({ document: z.string().max(5_000_000).optional(), url: z.url().max(4_000).optional() })
  .refine(({ document, url }) => (document === undefined) !== (url === undefined), {
    message: 'Give either the document or its address.',
  });
export const httpTools = z.object({
  title: z.string(),
  tools: z.array(httpTool),
  /** Operations that can't be tools, with the reason. */
  skipped: z.array(z.object({ operation: z.string(), reason: z.string() })),
});

export const startAgentRun = z.object({
  /** What the user says; with `messages` behind them. */
  message: z.string().min(1).max(200_000),
  /** Ids of files that are ready and the caller's to see: what comes with the message. */
  files: z.array(z.string().min(1).max(64)).max(20).default([]),
  /** The conversation before. A file in it has to be the caller's to see, too. */
  messages: z.array(chatMessage).max(1_000).default([]),
  variables: z.record(z.string(), z.string().max(10_000)).optional(),
  /** Of the draft: for who may edit it. */
  draft: z.boolean().default(false),
});
export const agentRunStarted = z.object({ id: z.string(), workflowId: z.string() });

export const agentRunSummary = z.object({
  id: z.string(),
  agent: z.object({ id: z.string(), name: z.string() }),
  /** 0: a draft. */
  versionNumber: z.int(),
  trigger: agentRunTrigger,
  state: agentRunState,
  startedBy: z.string().optional(),
  conversation: z.string().optional(),
  /** `agent:<run>` or `automation:<run>`. */
  parent: z.string().optional(),
  steps: z.int(),
  usage: tokenUsage.optional(),
  cost: z.int().nullable(),
  startedAt: moment,
  finishedAt: moment.optional(),
  failure: failure.optional(),
});
export type AgentRunSummary = z.output<typeof agentRunSummary>;

export const agentStep = z.object({
  step: z.int(),
  /** Of a tool call; '' for the model itself. */
  call: z.string(),
  /** `model`, `summary`, or the kind of the tool. */
  kind: z.string(),
  name: z.string(),
  state: agentStepState,
  attempt: z.int(),
  arguments: z.string().optional(),
  result: z.string().optional(),
  failure: failure.optional(),
  approval: z.string().optional(),
  /** `run:<id>` or `agent-run:<id>`. */
  child: z.string().optional(),
  usage: tokenUsage.optional(),
  cost: z.int().nullable(),
  by: answeredBy.optional(),
  startedAt: moment,
  finishedAt: moment.optional(),
});
export type AgentStepRecord = z.output<typeof agentStep>;

export const agentRun = agentRunSummary.extend({
  text: z.string().optional(),
  output: jsonValue.optional(),
  temporalUrl: z.string().optional(),
  /** The first 500, in order. */
  stepList: z.array(agentStep),
});
export const agentRunPage = pageOf(agentRunSummary);
export const listAgentRuns = pageQuery.extend({
  agent: z.string().max(64).optional(),
  state: agentRunState.optional(),
});
export const steerAgentRun = z.object({ text: z.string().min(1).max(100_000) });
