/**
 * What an agent may use. Each tool is a grant of its own: the model chooses when to call it and with which arguments, never what it
 * can reach. What a tool gives back is data for the model, whoever wrote it, and no instruction of ours.
 */
import { z } from 'zod';
import { approver } from '../approvals.ts';
import { httpMethods } from '../catalogue/http-request.ts';
import { jsonObject } from '../json.ts';

/** `ask`: a person decides each call. `deny`: the model is told that it may not. */
export const toolApproval = z.enum(['allow', 'ask', 'deny']);
export type ToolApproval = z.output<typeof toolApproval>;

/** As the model calls it; every tool of an agent has its own. */
export const toolName = z
  .string()
  .regex(/^[a-zA-Z0-9_-]{1,64}$/, 'Use up to 64 letters, digits, _ and -: no spaces.');

const shared = {
  name: toolName,
  /** When to use it and what it gives: what the model decides by. */
  description: z.string().trim().max(2_000).default(''),
  approval: toolApproval.default('allow'),
  /** Who is asked; none: who started the run, else the owners and admins. */
  approvers: z.array(approver).max(20).default([]),
};

/** JSON schema of the arguments: an object. */
const argumentsSchema = jsonObject.default({ type: 'object', properties: {} });

/** What is published of an automation, started at its trigger "When called"; its fields are the arguments. */
export const automationTool = z.object({
  ...shared,
  kind: z.literal('automation'),
  /** Id; '' while none is chosen. */
  automation: z.string().max(64),
});

export const httpParameter = z.object({
  name: z.string().min(1).max(200),
  in: z.enum(['path', 'query', 'header']),
  required: z.boolean().default(false),
  schema: jsonObject,
});
export type HttpParameter = z.output<typeof httpParameter>;

/** One operation of an OpenAPI document, as `POST /agents/http-tools` reads it: all that a call needs is here, not in the document. */
export const httpTool = z.object({
  ...shared,
  kind: z.literal('http'),
  method: z.enum(httpMethods),
  /** Address with `{name}` for each parameter of the path. The host is fixed: no argument can change it. */
  url: z
    .string()
    .max(4_000)
    .regex(
      /^https?:\/\/[^/{}?#\s]+([/?]\S*)?$/i,
      'Give an address with http: or https:, and a host without {…}.',
    ),
  parameters: z.array(httpParameter).max(100).default([]),
  body: z
    .object({
      type: z.enum(['json', 'form']).default('json'),
      required: z.boolean().default(false),
      schema: jsonObject,
    })
    .optional(),
  /** Id of a credential, '' for none. */
  credential: z.string().max(64).default(''),
});
export type HttpTool = z.output<typeof httpTool>;

/** JavaScript in the sandbox, without network or secrets: `$json` are the arguments, what it returns is the result. */
export const codeTool = z.object({
  ...shared,
  kind: z.literal('code'),
  code: z.string().max(100_000),
  parameters: argumentsSchema,
});

/** Reads pages by GET. An address can carry data out, so it takes the hosts that are named here. */
export const webFetchTool = z.object({
  ...shared,
  kind: z.literal('web-fetch'),
  /** `example.com`, `*.example.com`, or `*` for the whole public web. */
  hosts: z.array(z.string().trim().toLowerCase().min(1).max(253)).min(1).max(100),
});

/** Files that whoever it acts for has uploaded: which there are, and what is in one. */
export const filesTool = z.object({ ...shared, kind: z.literal('files') });

/**
 * Another agent. `delegate`: it does a task by itself and gives back what it found. `hand-off`: it takes the conversation over, with
 * its own instructions, tools and model, and this one is out.
 */
export const agentTool = z.object({
  ...shared,
  kind: z.literal('agent'),
  /** Id; '' while none is chosen. */
  agent: z.string().max(64),
  mode: z.enum(['delegate', 'hand-off']).default('delegate'),
});

/** Asks people and waits for what they write, for weeks if need be. */
export const askHumanTool = z.object({ ...shared, kind: z.literal('ask-human') });

/** What is approved of an MCP server. */
export const mcpServerTool = z.object({
  ...shared,
  kind: z.literal('mcp'),
  /** Id; '' while none is chosen. */
  server: z.string().max(64),
  /** As the server calls it; '': all that are approved when the run begins, each with this tool's name before its own. */
  tool: z.string().max(200).default(''),
});

/** Finds passages of documents in knowledge bases. Which those are is fixed here; the model gives the question. */
export const knowledgeTool = z.object({
  ...shared,
  kind: z.literal('knowledge'),
  /** Ids; none while none is chosen. */
  bases: z.array(z.string().max(64)).max(20).default([]),
  /** Passages at most; left out: as the first base says. */
  topK: z.int().min(1).max(50).optional(),
});
export type KnowledgeTool = z.output<typeof knowledgeTool>;

export const tool = z.discriminatedUnion('kind', [
  automationTool,
  httpTool,
  codeTool,
  webFetchTool,
  filesTool,
  knowledgeTool,
  agentTool,
  askHumanTool,
  mcpServerTool,
]);
export type Tool = z.output<typeof tool>;
export type ToolKind = Tool['kind'];

/** Comes with a result that is too long for the model to have whole. */
export const readResultTool = 'read_result';
