/** A tool of an MCP server, as the server describes it. Whoever wrote that is a stranger: see `tool-review.ts`. */
import { z } from 'zod';
import { jsonObject } from '../json.ts';

export const mcpTool = z.object({
  /** As the server calls it. */
  name: z.string().min(1).max(200),
  title: z.string().max(500).default(''),
  description: z.string().max(20_000).default(''),
  /** JSON schema of the arguments: an object. */
  parameters: jsonObject,
  /** What the server says of it. Only hints: a server may lie. */
  hints: z
    .object({
      /** It changes nothing. */
      readOnly: z.boolean().default(false),
      /** Calling it twice with the same arguments is calling it once. */
      idempotent: z.boolean().default(false),
      /** It may destroy something. */
      destructive: z.boolean().default(true),
      /** It can only be called as a task that is asked for its result later. */
      task: z.boolean().default(false),
    })
    .prefault({}),
});
export type McpTool = z.output<typeof mcpTool>;
