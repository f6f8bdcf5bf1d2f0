/**
 * The tools of a server, as they are kept, shown and told to models. What a person can't see is taken out, so that what is approved is
 * what the model reads; what is too large or too many is left out, so that a server can't fill a context or a database.
 */
import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { ListToolsResultSchema, type Tool } from '@modelcontextprotocol/sdk/types.js';
import type { JsonObject, JsonValue } from '../../contracts/json.ts';
import type { McpTool } from '../../contracts/mcp/mcp-tool.ts';
import { isShallow } from './is-shallow.ts';

const most = { tools: 200, pages: 20, description: 20_000, title: 200, schema: 50_000, whole: 1_000_000 };
/** The protocol allows letters, digits, `_`, `-`, `.` and `/`; some servers are laxer. */
const readableName = /^[A-Za-z0-9_\-./: ]{1,200}$/;

interface Reading {
  signal: AbortSignal;
  /** Milliseconds for each page. */
  timeout: number;
}

export async function readTools(client: Client, options: Reading): Promise<McpTool[]> {
  if (!client.getServerCapabilities()?.tools) return [];
  const tools = new Map<string, McpTool>();
  let size = 0;
  let cursor: string | undefined;
  for (let page = 0; page < most.pages; page++) {
    const params = cursor === undefined ? {} : { cursor };
    const answer = await client.request({ method: 'tools/list', params }, ListToolsResultSchema, options);
    for (const listed of answer.tools) {
      const tool = toTool(listed);
      if (!tool || tools.has(tool.name)) continue;
      size += JSON.stringify(tool).length;
      if (size > most.whole || tools.size >= most.tools) return [...tools.values()];
      tools.set(tool.name, tool);
    }
    cursor = answer.nextCursor;
    if (cursor === undefined) break;
  }
  return [...tools.values()];
}

/** Undefined: no model could use it. */
function toTool({
  name,
  title,
  description,
  inputSchema,
  annotations,
  execution,
}: Tool): McpTool | undefined {
  if (!readableName.test(name) || !isShallow(inputSchema)) return undefined;
  const { $schema: _, ...parameters } = visible(inputSchema as JsonObject) as JsonObject;
  if (JSON.stringify(parameters).length > most.schema) return undefined;
  return {
    name,
    title: visibleText(title ?? annotations?.title ?? '').slice(0, most.title),
    description: visibleText(description ?? '').slice(0, most.description),
    parameters,
    hints: {
      readOnly: annotations?.readOnlyHint ?? false,
      idempotent: annotations?.idempotentHint ?? false,
      // What only reads destroys nothing; else it may, unless the server says that it does not.
      destructive: annotations?.readOnlyHint !== true && (annotations?.destructiveHint ?? true),
      task: execution?.taskSupport === 'required',
    },
  };
}

function visible(value: JsonValue): JsonValue {
  if (typeof value === 'string') return visibleText(value);
  if (Array.isArray(value)) return value.map(visible);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, visible(entry)]));
}

/** Control characters, zero-width ones, changes of direction, and tags (U+E0000…), by which text is hidden from readers and not from models. */
const invisible =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: each stands for itself
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\u{e0000}-\u{e0fff}]/gu;

function visibleText(text: string): string {
  return text.replace(invisible, '');
}
