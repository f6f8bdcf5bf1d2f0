/** MCP servers that a workspace uses, as the API gives and takes them. */
import { z } from 'zod';
import { mcpAuth, mcpTransport } from '../mcp/mcp-server.ts';
import { mcpTool } from '../mcp/mcp-tool.ts';
import { suspicionKinds } from '../mcp/suspicions.ts';
import { failure } from '../run.ts';
import { moment } from './page.ts';

const name = z.string().trim().min(1).max(64);

export const reviewedMcpTool = z.object({
  name: z.string(),
  state: z.enum(['new', 'approved', 'changed', 'gone']),
  /** Of `listed`: what is approved is named by it, so that nobody approves what they have not seen. */
  digest: z.string().optional(),
  listed: mcpTool.optional(),
  approved: mcpTool.optional(),
  /** What in `listed` deserves a second look. */
  suspicions: z.array(z.enum(suspicionKinds)),
});
export type ReviewedMcpTool = z.output<typeof reviewedMcpTool>;

export const mcpServer = z.object({
  id: z.string(),
  name: z.string(),
  transport: mcpTransport,
  auth: mcpAuth,
  enabled: z.boolean(),
  /** Where each person connects for themselves: whether whoever asks has. */
  connected: z.boolean().optional(),
  tools: z.array(reviewedMcpTool),
  /** When it last told its tools; left out: never. */
  listedAt: moment.optional(),
  /** Why it did not, the last time it was asked. */
  failure: failure.optional(),
  createdAt: moment,
  updatedAt: moment,
});
export type McpServer = z.output<typeof mcpServer>;
export const mcpServerList = z.object({ items: z.array(mcpServer) });

export const createMcpServer = z.object({
  name,
  transport: mcpTransport,
  auth: mcpAuth.default({ kind: 'none' }),
});
export const updateMcpServer = z.object({
  name: name.optional(),
  transport: mcpTransport.optional(),
  auth: mcpAuth.optional(),
  enabled: z.boolean().optional(),
});

export const reviewMcpTools = z.object({
  approve: z
    .array(z.object({ name: z.string().max(200), digest: z.string().max(64) }))
    .max(500)
    .default([]),
  /** Names of tools that are no longer to be used. */
  revoke: z.array(z.string().max(200)).max(500).default([]),
});

/** Where a person agrees. */
export const mcpConnectStart = z.object({ url: z.string() });

export const mcpCommandList = z.object({ items: z.array(z.object({ name: z.string() })) });
