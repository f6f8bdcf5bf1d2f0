/** An MCP server that a workspace uses: where it is, and by which right it is called. */
import { z } from 'zod';

export const mcpTransport = z.discriminatedUnion('kind', [
  /** Streamable HTTP. */
  z.object({
    kind: z.literal('http'),
    url: z
      .string()
      .trim()
      .max(2_000)
      .regex(/^https?:\/\/[^/?#\s]+\S*$/i, 'Give an address that begins with https:// or http://.'),
  }),
  /** A program on our own machine, by the name under which the operator allows it (HIVIEX_MCP_COMMANDS). */
  z.object({ kind: z.literal('stdio'), command: z.string().min(1).max(64) }),
]);
export type McpTransport = z.output<typeof mcpTransport>;

export const mcpAuth = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  /** Id of a credential, which is sent with every request. */
  z.object({ kind: z.literal('credential'), credential: z.string().min(1).max(64) }),
  /** Each person for themselves, at the server's own authorization server. Runs that act for nobody can't use it. */
  z.object({
    kind: z.literal('oauth'),
    /** What is asked for, where the server does not say itself. */
    scope: z.string().trim().max(2_000).default(''),
  }),
]);
export type McpAuth = z.output<typeof mcpAuth>;
export type McpAuthInput = z.input<typeof mcpAuth>;

/** A program that the operator allows. `{folder}` in an argument or a value stands for the server's own folder. */
export const mcpCommand = z.object({
  command: z.string().min(1),
  args: z.array(z.string()).default([]),
  env: z.record(z.string(), z.string()).default({}),
});

/** HIVIEX_MCP_COMMANDS, by the name that workspaces see. */
export const mcpCommands = z.record(
  z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'a name has a-z, 0-9 and -'),
  mcpCommand,
);
export type McpCommands = z.output<typeof mcpCommands>;
