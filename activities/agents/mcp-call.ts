/** A call of an MCP server's tool by an agent, as an effect: its result as text, and what it shows as files of whoever it acts for. */
import { z } from 'zod';
import { jsonObject } from '../../contracts/json.ts';
import { isShownToModels, nameOfAttachment } from '../../contracts/models/attachments.ts';
import type { Database } from '../../db/index.ts';
import type { Effect } from '../effect.ts';
import type { FileSettings } from '../files/files-of-step.ts';
import type { McpCalls } from '../mcp/mcp-calls.ts';
import { toolFailed } from '../mcp/refusals.ts';
import { textOfResult } from '../mcp/text-of-result.ts';
import { keepPictures } from './keep-pictures.ts';

const parameters = z.object({
  server: z.string(),
  tool: z.string(),
  arguments: jsonObject,
  /** Id of the user it acts for. */
  member: z.string().optional(),
});

interface Deps {
  db: Database;
  mcp: McpCalls;
  files: FileSettings | undefined;
}

/** Gives one item, `{ text, shows }`. */
export function createMcpCallEffect({ db, mcp, files }: Deps): Effect {
  return {
    async run({ parameters: given, context, timeoutMs }, run) {
      const { server, tool, arguments: args, member } = parameters.parse(given);
      const result = await mcp.call({ context, server, tool, arguments: args, member, timeoutMs }, run);
      if (result.isError) throw toolFailed(tool, textOfResult(result));
      const { workspace } = context;
      const kept = await keepPictures({ db, files, workspace, member }, result.files);
      const shows = kept.filter(isShownToModels);
      const named = result.files.map(({ name, mimeType, bytes }) =>
        nameOfAttachment({ name, mimeType, bytes: bytes.length }),
      );
      const text = [textOfResult(result), ...named].filter((part) => part !== '').join('\n');
      return { items: [{ json: { text, shows: shows.map((file) => ({ ...file })) } }] };
    },
  };
}
