/**
 * The node "MCP tool". What is structured becomes the item, else its text: `{ text }`. Files of the result are files of the run. It
 * acts for nobody in particular.
 */
import { mcpToolNode } from '../../contracts/catalogue/mcp-tool.ts';
import { StepFailure } from '../../contracts/effect.ts';
import type { Item } from '../../contracts/item.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { isObject } from '../../engine/items/paths.ts';
import type { McpFile } from '../../outbound/mcp/index.ts';
import type { Files } from '../../storage/index.ts';
import type { Effect, EffectSettings } from '../effect.ts';
import { jsonParameter } from '../json-parameter.ts';
import { toolFailed } from './refusals.ts';
import { textOfResult } from './text-of-result.ts';

export function createMcpToolEffect({ mcp }: Pick<EffectSettings, 'mcp'>): Effect {
  return {
    takesSecretVariables: true,
    async run({ parameters, context, timeoutMs }, run) {
      const { server, tool, arguments: given } = mcpToolNode.parameters.parse(parameters);
      const args = jsonParameter(given, 'arguments');
      if (!isObject(args)) throw noObject();
      const result = await mcp.call({ context, server, tool, arguments: args as JsonObject, timeoutMs }, run);
      if (result.isError) throw toolFailed(tool, textOfResult(result));
      const json = result.structured ?? objectIn(result.text) ?? { text: result.text };
      return { items: [{ json, ...(await binaryOf(result.files, run.files)) }] };
    },
  };
}

/** Servers that don't give structured content mostly write JSON as text. */
function objectIn(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value as never) ? (value as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}

async function binaryOf(given: readonly McpFile[], files: Files): Promise<Pick<Item, 'binary'>> {
  if (given.length === 0) return {};
  const binary: NonNullable<Item['binary']> = {};
  for (const [position, { name, mimeType, bytes }] of given.entries())
    binary[position === 0 ? 'data' : `data_${position + 1}`] = await files.save(bytes, {
      fileName: name,
      mimeType,
    });
  return { binary };
}

function noObject(): StepFailure {
  return new StepFailure({
    code: 'bad-arguments',
    message: 'The arguments are no JSON object.',
    hint: 'Write them as an object with the names that the tool takes.',
  });
}
